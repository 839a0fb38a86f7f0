import type { RequestListener } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** What the tests use of an Express router, whichever the version. */
export interface Old {
  (...request: Parameters<RequestListener>): unknown
  get(path: string, ...handlers: unknown[]): unknown
  post(path: string, ...handlers: unknown[]): unknown
  use(...handlers: unknown[]): unknown
}

/** Express 4 or 5. */
export interface Express {
  (): Old
  Router(): Old
  static(folder: string, options?: { maxAge?: string }): unknown
  urlencoded(options: { extended: boolean }): unknown
}

/** What Express hands on: Node's own request and answer, with its own methods. */
interface Asked {
  url: string
  body?: { avis?: string }
  franceConnect?: { sub: string; userInfo: { family_name?: string } } | null
  fcData(name: string): Promise<{ data: { quotient_familial?: { valeur?: number } } | null }>
}
interface Answer {
  set(name: string, value: string): Answer
  status(code: number): Answer
  type(type: string): Answer
  send(body: unknown): void
  json(body: unknown): void
  redirect(to: string): void
  sendFile(path: string): void
  end(body?: string): void
  write(text: string): void
  writeHead(status: number, headers: Record<string, string> | string[]): void
}
type Next = (error?: unknown) => void

const quotientOf = async (request: Asked, answer: Answer, next: Next) => {
  try {
    const { data } = await request.fcData('dss/quotient-familial')
    answer.json({ quotient: data?.quotient_familial?.valeur })
  } catch (error) {
    next(error)
  }
}

/** An Express application, as there are thousands: a mounted router, public pages, its own error handler. */
export function oldApplication(express: Express, app: FastifyInstance, file: string): Old {
  const { franceConnect, fcData } = app
  const old = express()
  const space = express.Router()
  space.get('/compte', franceConnect.requireLogin(), (request: Asked, answer: Answer) => {
    answer.json({ nom: request.franceConnect?.userInfo.family_name })
  })
  space.get('/quotient', fcData.require('dss/quotient-familial'), quotientOf)
  space.get('/sans-garde', quotientOf)
  space.post('/avis', express.urlencoded({ extended: false }), (request: Asked, answer: Answer) => {
    answer.json({ avis: request.body?.avis, nom: request.franceConnect?.userInfo.family_name })
  })
  space.get('/sortir', (request: never, answer: never) => franceConnect.logout(request, answer, { returnTo: '/bye' }))
  space.get('/entrer', (request: never, answer: never) => franceConnect.login(request, answer, { returnTo: '/moi' }))
  old.use('/espace', space)

  const ways: Record<string, (answer: Answer) => void> = {
    send: (answer) => answer.send('envoyé'),
    json: (answer) => answer.json({}),
    redirect: (answer) => answer.redirect('/ailleurs'),
    end: (answer) => answer.end('fin'),
    write: (answer) => {
      answer.write('un')
      answer.end('deux')
    },
    file: (answer) => answer.sendFile(file),
    head: (answer) => {
      answer.writeHead(200, { 'Cache-Control': 'public, max-age=60', 'content-type': 'text/plain' })
      answer.end('tête')
    },
    list: (answer) => {
      answer.writeHead(200, ['Cache-Control', 'public', 'Vary', 'Accept', 'X-Own', 'oui'])
      answer.end('liste')
    }
  }
  for (const [way, send] of Object.entries(ways)) {
    old.get(`/public/${way}`, (_request: Asked, answer: Answer) => send(answer.set('Cache-Control', 'public')))
    old.get(`/moi/${way}`, (request: Asked, answer: Answer) => {
      answer.set('X-Who', String(request.franceConnect !== null))
      send(answer.set('Cache-Control', 'public, max-age=600').set('Vary', 'Accept-Language'))
    })
  }
  old.get('/apres', (request: Asked, answer: Answer) => {
    answer.end('parti')
    request.franceConnect?.userInfo
  })
  return old
}

export const sendings = ['send', 'json', 'redirect', 'end', 'write', 'file', 'head', 'list']
