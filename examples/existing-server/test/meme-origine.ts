import t from 'tap'
import { hacher, verifierMotDePasse } from '../src/mot-de-passe.ts'
import { browser, password, service, target } from './service.ts'

t.test('another site’s form does nothing: neither logs in nor deletes', async (t) => {
  const camille = browser()
  await camille.post('/connexion', password)
  const sent: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'null' }
  ]
  for (const headers of sent) {
    const stranger = browser()
    t.equal((await stranger.post('/connexion', password, headers)).statusCode, 403, JSON.stringify(headers))
    t.strictSame([...stranger.cookies], [])
    t.equal((await camille.post('/mon-espace/supprimer', '', headers)).statusCode, 403)
  }
  t.match((await camille.get('/mon-espace')).body, 'Bonjour Camille')
})

t.test('without Fetch Metadata, Origin says it; without both there is no browser', async (t) => {
  const post = async (headers: Record<string, string>) =>
    (
      await service.app.inject({
        method: 'POST',
        url: '/connexion',
        payload: password,
        headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'localhost:3000', ...headers }
      })
    ).statusCode
  t.equal(await post({ origin: 'https://ailleurs.example' }), 403)
  t.equal(await post({ origin: 'null' }), 403)
  t.equal(await post({ origin: 'http://localhost:3001' }), 403)
  t.equal(await post({ origin: 'http://localhost:3000' }), 302)
  t.equal(await post({}), 302)
})

t.test('a password login gives the session a new id', async (t) => {
  const planted = browser()
  planted.cookies.set('sessionId', 'planted')
  await planted.post('/connexion', password)
  t.not(planted.cookies.get('sessionId'), 'planted')
  const before = planted.cookies.get('sessionId')
  await planted.post('/deconnexion')
  await planted.post('/connexion', password)
  t.not(planted.cookies.get('sessionId'), before)
  t.equal(target(await planted.get('/')), '/mon-espace', 'and the login page has no more use')
})

t.test('the time of an answer does not tell whether an account exists', async (t) => {
  const hash = await hacher('cantine')
  const cpu = async (work: () => Promise<unknown>) => {
    const start = process.cpuUsage()
    for (let time = 0; time < 2; time++) await work()
    const { user, system } = process.cpuUsage(start)
    return user + system
  }
  const known = await cpu(() => verifierMotDePasse('faux', hash))
  const unknown = await cpu(() => verifierMotDePasse('faux', undefined))
  t.ok(unknown > known / 2 && unknown < known * 2, `${unknown} µs against ${known} µs`)
  t.equal(await verifierMotDePasse('cantine', hash), true)
  t.equal(await verifierMotDePasse('cantine', undefined), false)
})
