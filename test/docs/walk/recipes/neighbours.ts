import { freePort } from '../../../../examples/several-instances/test/redis.ts'
import { createVisitor } from '../visitor.ts'
import { walk } from '../walk.ts'

walk('docs/recipes/express.md', async (t, { begin, folder, next }) => {
  const sandbox = await begin()
  for (const kind of ['sh', 'js', 'js', 'sh']) await next(kind)
  sandbox.automaticCitizen('test')
  const { open, ask } = createVisitor()
  const refused = await ask(`${folder.serviceUrl}/ancien/compte`)
  t.equal(refused.status, 401)
  t.match(JSON.parse(refused.body), { code: 'FST_FC_LOGIN_REQUIRED', loginUrl: /^http/, userMessage: String })
  t.match(await open(`${folder.serviceUrl}/ancien/compte`), { status: 200, body: '<p>DUBOIS</p>' })
  t.match(await open(`${folder.serviceUrl}/ancien/quotient`), { status: 200, body: /^\{"quotient":\d+\}$/ })
  const form = { method: 'POST', body: 'avis=bon' }
  t.match(await open(`${folder.serviceUrl}/ancien/avis`, form), { status: 200, body: '{"avis":"bon"}' })
  t.match(await open(`${folder.serviceUrl}/ancien/rien`), { status: 404, body: 'Page introuvable' })
  t.match(await open(`${folder.serviceUrl}/ancien/sortir`, form), { status: 200, body: 'session/end' })
  t.equal((await ask(`${folder.serviceUrl}/ancien/compte`)).status, 401)
})

walk('docs/recipes/helmet-and-csp.md', async (_t, { begin, folder, next, look }) => {
  await begin()
  for (const kind of ['sh', 'js', 'sh']) await next(kind)
  await look(
    'a login',
    async (person) => {
      const answer = await person.page.goto(folder.serviceUrl)
      await person.click('S’identifier avec FranceConnect')
      return `${answer?.headers()['content-security-policy']?.includes("form-action 'self'")} ${await person.identify()}`
    },
    /^true Bonjour Angela Claire Louise — Se déconnecter$/
  )
  await look(
    'the way out',
    async (person) => {
      await person.click('Se déconnecter')
      await person.page.waitForURL(`${folder.serviceUrl}/`)
      return person.read()
    },
    /^S’identifier/
  )
})

walk('docs/recipes/csrf.md', async (t, { begin, folder, next }) => {
  const sandbox = await begin()
  for (const kind of ['sh', 'js', 'sh']) await next(kind)
  sandbox.automaticCitizen('test')
  const { open } = createVisitor()
  const { body } = await open(`${folder.serviceUrl}/avis`)
  const token = encodeURIComponent(/name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? '')
  const send = (form: string) => open(`${folder.serviceUrl}/avis`, { method: 'POST', body: form })
  t.match(await send('avis=bon'), { status: 403 }, 'without the token')
  t.match(await send(`avis=bon&_csrf=${token}`), { status: 200, body: 'Merci : bon' })
})

walk('docs/recipes/swagger.md', async (t, { begin, folder, next }) => {
  await begin()
  for (const kind of ['sh', 'js', 'js', 'sh']) await next(kind)
  const { body } = await createVisitor().ask(`${folder.serviceUrl}/openapi.json`)
  t.strictSame(Object.keys(JSON.parse(body).paths).sort(), ['/', '/button.css', '/dossier'])
})

walk('docs/recipes/prometheus.md', async (t, { begin, folder, next }) => {
  const sandbox = await begin()
  for (const kind of ['sh', 'js', 'js', 'sh']) await next(kind)
  sandbox.automaticCitizen('test')
  const { open, ask } = createVisitor()
  await open(`${folder.serviceUrl}/dossier`)
  await createVisitor().open(`${folder.serviceUrl}/franceconnect/callback?code=x&state=y`)
  const { body } = await ask(`${folder.serviceUrl}/metrics`)
  t.match(body, /franceconnect_logins_total\{outcome="succeeded",platform="franceconnect",acr="eidas1"\} 1/)
  t.match(body, /franceconnect_logins_total\{outcome="failed",.*error_type="FST_FC_ATTEMPT_NOT_FOUND"\} 1/)
  t.match(body, /franceconnect_step_duration_seconds_count\{step="token",platform="franceconnect"\} 1/)
  t.match(body, /fc_data_call_duration_seconds_count\{api="dss\/quotient-familial",/)
})

walk('docs/recipes/opentelemetry.md', async (t, { begin, folder, next }) => {
  folder.move(9464, await freePort())
  const sandbox = await begin()
  for (const kind of ['sh', 'js', 'sh']) await next(kind)
  sandbox.automaticCitizen('test')
  await createVisitor().open(`${folder.serviceUrl}/dossier?annee=2026`)
  const steps = ['start', 'callback', 'token', 'userinfo', 'verification']
  const names = [...steps.map((step) => `name: 'franceconnect.${step}'`), "name: 'fcData dss/quotient-familial'"]
  const route = "'http.route': '/franceconnect/callback'"
  const spans = await folder.saidOnce(...names, route, "'url.query': 'annee=2026'")
  t.match(spans, route, 'the callback has its span')
  t.match(spans, "'url.query': 'annee=2026'", 'other queries stay')
  for (const name of names) t.match(spans, name)
  t.notMatch(spans.replaceAll(/^\{"level".*$/gm, ''), /[?&'](code|state)=/, 'without its code and state')
})

walk('docs/recipes/button.md', async (_t, { begin, folder, next, look }) => {
  await begin()
  for (const kind of ['js', 'sh']) await next(kind)
  await look(
    'the page of the logins',
    (person) => person.open(`${folder.serviceUrl}/connexion`),
    /^Me connecter FranceConnect est la solution .* S’identifier avec FranceConnect Qu’est-ce que FranceConnect \? ou Me connecter/
  )
  await look(
    'the button, with its look',
    (person) => person.page.locator('.fr-connect').evaluate((button) => getComputedStyle(button).backgroundColor),
    'rgb(0, 0, 145)'
  )
})

walk('docs/recipes/under-pressure.md', async (t, { begin, folder, next }) => {
  const sandbox = await begin()
  for (const kind of ['sh', 'js', 'sh']) await next(kind)
  sandbox.automaticCitizen('test')
  const { open, ask } = createVisitor()
  t.match(await ask(`${folder.serviceUrl}/sante`), { status: 200, body: '{"status":"ok"}' })
  t.match(await open(`${folder.serviceUrl}/dossier`), { status: 200, body: /quotient familial : \d+/ })
})

walk('docs/recipes/rate-limit.md', async (t, { begin, folder, next }) => {
  const sandbox = await begin()
  for (const kind of ['sh', 'js', 'sh']) await next(kind)
  sandbox.automaticCitizen('test')
  const [one, other] = [createVisitor(), createVisitor()]
  for (const { open } of [one, other])
    t.match(await open(`${folder.serviceUrl}/mes-demandes`), { status: 200, body: 'Vos demandes' })
  for (let opened = 0; opened < 5; opened += 1) await one.open(`${folder.serviceUrl}/mes-demandes`)
  t.match(await one.open(`${folder.serviceUrl}/mes-demandes`), { status: 429 })
  t.match(await other.open(`${folder.serviceUrl}/mes-demandes`), { status: 200 })
})
