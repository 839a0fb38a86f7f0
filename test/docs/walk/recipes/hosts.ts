import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { quietPort } from '../port.ts'
import { createVisitor } from '../visitor.ts'
import { walk } from '../walk.ts'

walk('docs/recipes/nestjs.md', async (t, { folder, next }) => {
  for (const kind of ['sh', 'json', 'typescript', 'typescript']) await next(kind)
  const sandbox = await folder.sandbox()
  sandbox.automaticCitizen('test')
  await next('sh')
  const { open, ask } = createVisitor()
  for (const [page, code] of [
    ['dossier', 'FST_FC_LOGIN_REQUIRED'],
    ['quotient', 'FST_FC_DATA_LOGIN_REQUIRED']
  ] as const) {
    const refused = await ask(`${folder.serviceUrl}/${page}`)
    t.match(JSON.parse(refused.body), { code, loginUrl: /^http/, userMessage: String })
    t.equal(refused.status, 401)
  }
  t.match(await open(`${folder.serviceUrl}/dossier`), { status: 200, body: '{"name":"DUBOIS"}' })
  t.match(await open(`${folder.serviceUrl}/quotient`), { status: 200, body: /^\{"quotient":\d+\}$/ })
  t.match(await open(`${folder.serviceUrl}/rien`), { status: 404 })
  t.notMatch(folder.said(), 'ERROR', 'nothing is logged as an error')
})

walk('docs/recipes/http2.md', async (_t, { begin, folder, next, look }) => {
  const sandbox = await begin({ https: true })
  sandbox.automaticCitizen('test')
  for (const kind of ['sh', 'js', 'sh']) await next(kind)
  await look(
    'over HTTP/2',
    async (person) => {
      await person.open(`${folder.serviceUrl.replace('http:', 'https:')}/dossier`)
      const protocol = await person.page.evaluate(
        () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).nextHopProtocol
      )
      return `${protocol} ${await person.read()}`
    },
    /^h2 Angela Claire Louise, quotient familial : \d+$/
  )
})

walk('docs/recipes/https-proxy.md', async (t, { begin, folder, next }) => {
  const through: string[] = []
  const proxy = createServer().on('connect', ({ url = '' }, socket, head) => {
    through.push(url)
    const [host, port] = url.split(':')
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(socket).pipe(upstream)
    })
    socket.on('error', () => upstream.destroy())
    upstream.on('error', () => socket.destroy())
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  t.teardown(() => proxy.close())
  const address = proxy.address()
  folder.move(3128, typeof address === 'object' && address !== null ? address.port : 0)
  const sandbox = await begin()
  for (const kind of ['sh', 'js', 'sh']) await next(kind)
  sandbox.automaticCitizen('test')
  const seen = await createVisitor().open(`${folder.serviceUrl}/dossier`)
  t.match(seen, { status: 200, body: /quotient familial : \d+/ })
  t.ok(through.length > 0 && through.every((to) => to === new URL(sandbox.issuer).host), 'all went through the proxy')
})

walk('docs/recipes/two-services-on-localhost.md', async (t, { begin, folder, next, look }) => {
  const port = await quietPort()
  folder.move(3001, port)
  const sandbox = await begin()
  await sandbox.close()
  for (const kind of ['sh', 'js', 'sh', 'sh']) await next(kind)
  const second = `http://localhost:${port}`
  for (const [url, citizen, name] of [
    [folder.serviceUrl, 'test', 'Angela Claire Louise'],
    [second, 'avec_nom_dusage', 'Pierre']
  ] as const) {
    await look(
      `${citizen} on one service`,
      async (person) => {
        await person.open(url)
        await person.click('S’identifier avec FranceConnect')
        const text = await person.identify(citizen)
        return text
      },
      `Bonjour ${name}`
    )
    // FranceConnect's session is over before the other citizen comes
    await look(
      'elsewhere',
      async (person) => {
        await person.page.context().clearCookies({ domain: 'localhost', name: /sandbox|_session|_interaction/ })
        return 'ok'
      },
      'ok'
    )
  }
  await look('the first is still there', (person) => person.open(folder.serviceUrl), 'Bonjour Angela Claire Louise')
  t.pass()
})

walk('docs/recipes/aws-lambda.md', async (t, { begin, folder, next }) => {
  const sandbox = await begin()
  await next('sh')
  await next('js')
  t.match(await next('sh'), '200')
  await folder.write({
    file: 'invoke.js',
    kind: 'js',
    line: 0,
    inserted: false,
    inPlaceOf: undefined,
    code: `import { handler } from './lambda.js'
const cookies = new Map()
export async function open(address) {
  const { pathname, search, searchParams } = new URL(address)
  const answer = await handler({
    version: '2.0', rawPath: pathname, rawQueryString: search.slice(1),
    queryStringParameters: Object.fromEntries(searchParams),
    headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    cookies: [...cookies].map((pair) => pair.join('=')),
    requestContext: { http: { method: 'GET', path: pathname } }
  })
  for (const line of answer.cookies ?? []) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
    cookies.set(name, value)
  }
  return answer
}
const away = new Map()
async function through(location) {
  const cookie = [...away].map((pair) => pair.join('=')).join('; ')
  const page = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', cookie }
  const step = await fetch(location, { redirect: 'manual', headers: page })
  for (const line of step.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
    away.set(name, value)
  }
  return new URL(step.headers.get('location'), location).href
}
let location = '${folder.serviceUrl}/dossier'
let answer
for (let hop = 0; location && hop < 20; hop += 1) {
  if (!location.startsWith('${folder.serviceUrl}')) location = await through(location)
  else {
    answer = await open(location)
    location = answer.headers.location && new URL(answer.headers.location, location).href
  }
}
console.log(answer.statusCode, answer.body)
`
  })
  sandbox.automaticCitizen('test')
  t.match(await folder.type('node --env-file=.env invoke.js'), /200 .*Angela Claire Louise, quotient familial : \d+/s)
})

const noNginx =
  process.env.CI === 'true' || (process.getuid?.() === 0 && spawnSync('nginx', ['-v']).status === 0)
    ? false
    : 'nginx is not installed, or may not be started'

walk(
  'docs/recipes/nginx.md',
  async (t, { begin, folder, next }) => {
    const port = await quietPort()
    folder.move(8080, port)
    const sandbox = await begin()
    sandbox.automaticCitizen('test')
    for (const kind of ['nginx', 'sh', 'sh']) await next(kind)
    const returnTo = encodeURIComponent(`/dossier?${'a'.repeat(900)}`)
    const seen = await createVisitor().ask(`http://127.0.0.1:${port}/franceconnect/login?returnTo=${returnTo}`, {
      headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    })
    t.equal(seen.status, 302)
  },
  { skip: noNginx }
)
