import type { Citizen } from '../../citizens/citizen.ts'
import { createBrowser, createCookies } from './browser.ts'
import { failureIn, loginFailed } from './login-failure.ts'
import { type WalkOptions, walk } from './walk.ts'

interface Answer {
  statusCode: number
  headers: Record<string, string | string[] | number | undefined>
  body?: string
}

/** What `login` uses of a Fastify server. */
export interface InjectableApp {
  inject(request: { method: 'GET'; url: string; headers: Record<string, string> }): Promise<Answer>
  hasRoute?(route: { method: 'GET'; url: string }): boolean
}

export interface LoginOptions extends WalkOptions {
  /** Where the login starts: the path of the login route, or of a guarded page. `/franceconnect/login`. */
  path?: string
  /** Cookies of an anonymous session to keep. */
  cookie?: string
}

const setCookies = ({ headers }: Answer): string[] => [headers['set-cookie'] ?? []].flat().map(String)

function locationOf({ headers }: Answer): string | undefined {
  return headers.location === undefined ? undefined : new URL(String(headers.location), 'http://application').href
}

const ended = ({ statusCode, headers, body = '' }: Answer, where: string) =>
  loginFailed(where, failureIn({ status: statusCode, body, contentType: String(headers['content-type'] ?? '') }))

/** What FranceConnect sent the service when that is an error. */
function sentBy(callback: string): string {
  const { searchParams } = new URL(callback)
  const error = searchParams.get('error')
  return error === null ? '' : ` to ${error} (${searchParams.get('error_description')}) from FranceConnect`
}

/** The path to inject: what a proxy would strip before the application is stripped. */
function pathOf(app: InjectableApp, location: string): string {
  const { pathname, search } = new URL(location)
  const parts = pathname.split('/')
  for (let from = 1; app.hasRoute && from < parts.length; from += 1) {
    const path = `/${parts.slice(from).join('/')}`
    if (app.hasRoute({ method: 'GET', url: path })) return path + search
  }
  return pathname + search
}

/**
 * Logs a citizen in to an application and returns the headers to send as that citizen. The application is called
 * through `inject`, the sandbox over HTTP.
 *
 * @throws FST_FC_SANDBOX_LOGIN_FAILED when the application does not start a login at the sandbox, when the login ends
 * on an error page, or when the callback is refused. The message and `page` say the code, the reason and the page's words.
 */
export async function login(
  origin: string,
  app: InjectableApp,
  citizen: Citizen,
  options: LoginOptions = {}
): Promise<{ cookie: string }> {
  const { path = '/franceconnect/login', cookie, ...walking } = options
  const cookies = createCookies()
  cookies.take((cookie ?? '').split('; ').filter(Boolean))
  const navigate = async (url: string): Promise<Answer> => {
    const headers = { accept: 'text/html', 'sec-fetch-mode': 'navigate', cookie: cookies.header }
    const answer = await app.inject({ method: 'GET', url, headers })
    cookies.take(setCookies(answer))
    return answer
  }
  const browser = createBrowser(origin)
  let start = await navigate(path)
  let location = locationOf(start)
  for (let hops = 0; hops < 3 && location !== undefined && !browser.isHere(location); hops += 1) {
    start = await navigate(pathOf(app, location))
    location = locationOf(start)
  }
  if (location === undefined || !browser.isHere(location)) {
    throw ended(start, `${path} of the application, which answered ${start.statusCode} and no redirect to the sandbox`)
  }
  const callback = await walk(browser, location, citizen.id, walking)
  const answer = await navigate(pathOf(app, callback))
  if (answer.statusCode >= 400) {
    throw ended(answer, `the application's callback, which answered ${answer.statusCode}${sentBy(callback)}`)
  }
  return { cookie: cookies.header }
}
