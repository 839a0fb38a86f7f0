import t from 'tap'
import { plusClients } from '../plus-clients.ts'
import { type RecordedAnswer, recording, sameStep } from '../recorded.ts'
import { RelyingParty, recordedClients, recordedSandbox } from '../relying-party.ts'
import { Visitor } from '../visitor.ts'

type Noted = RecordedAnswer & { after_consent: RecordedAnswer }

t.test('every recorded life time of FranceConnect+', async (t) => {
  const sandbox = await recordedSandbox(t, [plusClients.rsa256])
  const service = new RelyingParty(sandbox, plusClients.rsa256, 'franceconnect-plus')
  const recorded = recording<Record<string, Noted>>('franceconnect-plus', 'lifetimes')
  const visitor = () => new Visitor(service)
  const left = async (citizen: Visitor, seconds: number) => {
    const page = await citizen.start()
    sandbox.advance(seconds)
    return page
  }
  const fullLogin = async (citizen: Visitor) => (await citizen.start()).text.includes('Choisissez un compte')
  const logIn = async (citizen: Visitor) => citizen.send(await citizen.identify(await citizen.start()))

  await t.test('the session', async (t) => {
    const citizen = visitor()
    await logIn(citizen)
    sandbox.advance(572)
    t.equal(await fullLogin(citizen), false, 'lives at 572 s')
    sandbox.advance(40)
    t.equal(await fullLogin(citizen), true, 'and no more at 612 s: looking does not renew it')
  })

  await t.test('the session, renewed by each consent', async (t) => {
    const citizen = visitor()
    await logIn(citizen)
    for (const seconds of [402, 350]) {
      sandbox.advance(seconds)
      t.match((await citizen.send(await citizen.start())).location, /code=/)
    }
  })

  await t.test('the information page', async (t) => {
    for (const [seconds, name] of [
      [580, 'consent page left open 580 s'],
      [612, 'consent page left open 612 s']
    ] as const) {
      const citizen = visitor()
      const page = await citizen.identify(await citizen.start())
      sandbox.advance(seconds)
      await sameStep(t, await citizen.send(page), recorded[name]!, service.issuer, name)
    }
  })

  await t.test('the choice page', async (t) => {
    const name = 'choice page left open 612 s, then an identity provider chosen'
    const citizen = visitor()
    await sameStep(t, await citizen.choose(await left(citizen, 612)), recorded[name]!, service.issuer, name)
  })

  await t.test('the interaction', async (t) => {
    const name = 'choice page left 500 s, login, consent page left until 612 s after authorize'
    const citizen = visitor()
    const page = await citizen.identify(await left(citizen, 500))
    t.equal(page.status, 200)
    sandbox.advance(112)
    await sameStep(t, await citizen.send(page), recorded[name]!.after_consent, service.issuer, name)
  })
})

t.test('on FranceConnect a page left for half an hour has lost its session', async (t) => {
  const sandbox = await recordedSandbox(t)
  const citizen = new Visitor(new RelyingParty(sandbox, recordedClients.es256))
  const page = await citizen.start()
  sandbox.advance(1801)
  const lost = await citizen.choose(page)
  t.equal(lost.status, 401)
  t.match(lost.text, />Y190001</)
  t.notMatch(lost.text, /back-to-sp-link/)
})

t.test('tokens issued after time was advanced carry the time of the machine', async (t) => {
  const sandbox = await recordedSandbox(t)
  const service = new RelyingParty(sandbox, recordedClients.es256)
  sandbox.advance(100_000)
  const { id_token } = await service.tokens()
  const { iat } = JSON.parse(Buffer.from(id_token.split('.')[1]!, 'base64url').toString('utf8')) as { iat: number }
  t.ok(Math.abs(iat - Date.now() / 1000) < 30)
})
