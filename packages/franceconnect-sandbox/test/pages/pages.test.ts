import t from 'tap'
import { dataLabel } from '../../src/pages/data-labels.ts'
import { franceConnectDataScopes, sharedDataScopes } from '../../src/platform/data-scopes.ts'
import { type RecordedAnswer, recording, sameStep } from '../recorded.ts'
import { RelyingParty, recordedClients, recordedSandbox } from '../relying-party.ts'
import { Visitor } from '../visitor.ts'

const misc = recording<Record<string, RecordedAnswer> & Record<string, { final: RecordedAnswer }>>(
  'franceconnect',
  'misc'
)

t.test('every recorded page and way out of FranceConnect', async (t) => {
  const sandbox = await recordedSandbox(t)
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const { issuer } = sandbox
  const visitor = () => new Visitor(service)
  const back = (name: string) => misc[name]!

  await t.test('leaving at the choice page', async (t) => {
    const citizen = visitor()
    await sameStep(t, await citizen.back(await citizen.start()), back('user leaves with the back link'), issuer, 'back')
  })

  await t.test('cancelling at the identity provider', async (t) => {
    const citizen = visitor()
    const choice = await citizen.send(await citizen.choose(await citizen.start()), { cancel: '1' })
    t.equal(choice.status, 200)
    t.match(choice.text, /La connexion à impots\.gouv\.fr n’a pas abouti/)
    await sameStep(t, await citizen.back(choice), back('… then the back link'), issuer, 'back')
  })

  await t.test('an identity provider that answers another level', async (t) => {
    const citizen = visitor()
    const page = await citizen.identify(await citizen.start(), 'test', { acr: 'eidas2' })
    await sameStep(t, page, back('identity provider answers eidas2 for eidas1'), issuer, 'eidas2')
  })

  await t.test('a form sent after the page was reloaded', async (t) => {
    const citizen = visitor()
    const information = await citizen.identify(await citizen.start())
    t.equal((await citizen.open(information.url)).status, misc['consent reload'])
    await sameStep(t, await citizen.send(information), back('…then code'), issuer, 'stale form')
  })

  await t.test('the answer of the identity provider sent twice', async (t) => {
    const citizen = visitor()
    await citizen.identify(await citizen.start())
    const callback = citizen.seen.find(({ url }) => url.includes('/oidc-callback'))!
    await sameStep(t, await citizen.open(callback.url), back('identity provider callback replayed'), issuer, 'replay')
  })

  await t.test('two tabs', async (t) => {
    const citizen = visitor()
    const first = await citizen.start()
    const second = await citizen.start()
    const dead = await citizen.choose(first)
    const name = 'two tabs: the first tab continued (choice of provider posted) after the second was opened'
    await sameStep(t, dead, back(name), issuer, 'first tab')
    const done = await citizen.send(await citizen.identify(second))
    await sameStep(t, done, back('…and the second tab'), issuer, 'second tab')
  })

  await t.test('the way back to the engine sent twice', async (t) => {
    const citizen = visitor()
    await citizen.send(await citizen.identify(await citizen.start()))
    const resume = citizen.seen.filter(({ url }) => /\/authorize\/[^/]+$/.test(url)).at(-1)!
    const name = 'authorize/:uid (resume) replayed after the code was delivered'
    await sameStep(t, await citizen.open(resume.url), back(name), issuer, 'replay')
  })

  await t.test('a page without its cookies', async (t) => {
    const page = await visitor().start()
    const name = 'choice page opened without cookies'
    await sameStep(t, await visitor().open(page.url), back(name), issuer, 'no cookie')
  })

  for (const code of ['E010004', 'E010006', 'E010011', 'E010012', 'E010015']) {
    await t.test(`the civil register's ${code}`, async (t) => {
      const citizen = visitor()
      const page = await citizen.identify(await citizen.start(), code)
      await sameStep(t, page, back(`civil register (RNIPP) error for user ${code}`), issuer, code)
      await sameStep(t, await citizen.back(page), back(`… back to the relying party from ${code}`), issuer, 'back')
    })
  }
})

t.test('a claim that is not amr ends on a page after the consent', async (t) => {
  const sandbox = await recordedSandbox(t)
  for (const claims of ['{"id_token":{"email":null}}', '{"userinfo":{"email":null}}']) {
    const citizen = new Visitor(new RelyingParty(sandbox, recordedClients.es256))
    const page = await citizen.send(await citizen.identify(await citizen.start({ claims })))
    t.equal(page.status, 409)
    t.match(page.text, />Y190004</)
  }
})

t.test('amr for a service without the right: the page Y100009, under a useless Location', async (t) => {
  const sandbox = await recordedSandbox(t)
  const citizen = new Visitor(new RelyingParty(sandbox, recordedClients.private))
  const page = await citizen.start({ claims: '{"id_token":{"amr":{"essential":true}}}' })
  t.equal(page.status, 400)
  t.match(page.text, />Y100009</)
  t.ok(page.location)
})

t.test('the information page', async (t) => {
  const sandbox = await recordedSandbox(t)
  const publicService = new Visitor(new RelyingParty(sandbox, recordedClients.es256))
  const page = await publicService.identify(await publicService.start())
  t.match(page.text, /Vous allez vous connecter en tant que : Angela Claire Louise DUBOIS/)
  for (const datum of [
    'Nom de naissance',
    'Nom d’usage',
    'Prénom\\(s\\)',
    'Sexe',
    'Date de naissance',
    'Adresse email'
  ]) {
    t.match(page.text, new RegExp(`<li>${datum}</li>`))
  }
  t.notMatch(page.text, /type="checkbox"/)

  const anonymous = new Visitor(new RelyingParty(sandbox, recordedClients.es256))
  t.match((await anonymous.identify(await anonymous.start({ scope: 'openid' }))).text, /façon anonyme/)

  const privateService = new Visitor(new RelyingParty(sandbox, recordedClients.private))
  const consent = await privateService.identify(await privateService.start())
  t.match(consent.text, /type="checkbox"/)
  t.equal((await privateService.send(consent)).status, 400, 'nothing leaves without the box')
})

t.test('every page says what it is, runs nothing from elsewhere and cannot be framed', async (t) => {
  const sandbox = await recordedSandbox(t)
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const citizen = new Visitor(service)
  const choice = await citizen.start()
  const provider = await citizen.choose(choice)
  const information = await citizen.send(provider, { login: 'test', acr: 'eidas1' })
  const error = await new Visitor(service).open(choice.url)
  for (const { text } of [choice, provider, information, error]) {
    t.match(text, /ceci n’est pas FranceConnect/)
    t.match(text, /<html lang="fr">/)
    t.notMatch(text, /(src|href)="https?:/)
  }
  const response = await fetch(`${sandbox.issuer}/nothing`)
  t.equal(response.status, 404)
  t.match(await response.text(), />Y000404</)
  t.match(response.headers.get('content-security-policy'), /style-src 'self' 'sha256-/)
})

t.test('every data scope is said in the citizen’s words, with whose data it is', async (t) => {
  for (const scope of [...sharedDataScopes, ...franceConnectDataScopes])
    t.match(dataLabel(scope), /^[A-ZÉ][^_]+ \([^_]+\)$/, scope)
  t.equal(dataLabel('ville_solde'), 'Donnée « ville_solde »')
})
