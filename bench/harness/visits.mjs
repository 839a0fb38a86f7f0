// What a virtual citizen does, each answer checked.
import { subOf } from './citizen.mjs'
import { Jar } from './jar.mjs'

const failure = (step, answer) =>
  new Error(`${step}: ${answer.status} ${answer.location ?? ''} ${answer.body.slice(0, 300)}`)
const redirected = (answer, to) => answer.status >= 301 && answer.status <= 303 && answer.location?.startsWith(to)

/** A whole login; resolves to the jar of the browser. */
export async function login(server, provider, user, { serverUrl, providerUrl }) {
  const jar = new Jar()
  const started = await server.get('/login')
  jar.store(started.cookies)
  if (!redirected(started, `${providerUrl}/api/v2/authorize?`) || !/[?&]nonce=/.test(started.location))
    throw failure('login', started)
  const back = await provider.get(started.location.slice(providerUrl.length), `x-bench-user: ${user}\r\n`)
  if (!redirected(back, `${serverUrl}/`)) throw failure('authorize', back)
  const path = back.location.slice(serverUrl.length)
  const ended = await server.get(path, jar.header(path))
  jar.store(ended.cookies)
  if (!redirected(ended, '')) throw failure('callback', ended)
  return jar
}

/** An authenticated page. */
export async function page(server, jar, user) {
  const answer = await server.get('/me', jar.header('/me'))
  jar.store(answer.cookies)
  if (answer.status !== 200 || JSON.parse(answer.body).sub !== subOf(user)) throw failure('page', answer)
}

/** A data call; `jar` is null for a bare HTTP client. */
export async function data(server, jar, user, n) {
  const path = `/data/${n}`
  const answer = await server.get(path, jar?.header(path))
  jar?.store(answer.cookies)
  const read = answer.status === 200 ? JSON.parse(answer.body) : undefined
  if (read?.api !== n || read.user !== user || read.rows.length !== 9) throw failure('data', answer)
}

/** A logout. Afterwards the cookies open nothing; the old ones neither, unless the whole session was in them. */
export async function logout(server, jar, sessionInCookie) {
  const before = jar.header('/me')
  const answer = await server.get('/logout', jar.header('/logout'))
  jar.store(answer.cookies)
  if (!redirected(answer, 'http') || !/\/session\/end\?.*id_token_hint=ey/.test(answer.location))
    throw failure('logout', answer)
  const after = await server.get('/me', sessionInCookie ? jar.header('/me') : before)
  if (after.status !== 401) throw failure('page after logout', after)
}
