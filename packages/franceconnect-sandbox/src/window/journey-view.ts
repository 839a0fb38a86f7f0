import type { SandboxClient } from '../registration/client.ts'
import { answerHeader, type Exchange, fieldsIn, objectIn } from './exchange.ts'
import { errorSent, explain } from './explain.ts'
import type { Journey } from './journal.ts'
import { serverTitle, titleOf } from './titles.ts'
import type { Deadlines, JourneyState, JourneyView, Step } from './view.ts'

/** What is known of the clients and of the sandbox's own address. */
export interface Naming {
  origin: string
  clientOf(clientId: string | null): SandboxClient | undefined
  citizenName(id: string): string | undefined
  /** Title of the data provider that has this client id at FranceConnect. */
  providerTitle(clientId: string | undefined): string | undefined
}

/** Where the browser goes when an answer sends it out of the sandbox. */
function leaving(exchange: Exchange, { origin }: Naming): string | undefined {
  const location = answerHeader(exchange, 'location')
  const away = location !== undefined && URL.canParse(location) && new URL(location).origin !== origin
  return exchange.from === 'browser' && away ? location : undefined
}

const posted = ({ requestBody, requestHeaders }: Exchange) => fieldsIn(requestBody, requestHeaders['content-type'])

/** A path without the long identifiers that say nothing to a reader. */
const shortened = (path: string): string => path.replace(/\/[\w-]{26,}(?=\/|$)/g, '/…')

/** The citizen of a login: who was identified, else who tried. */
function citizenOf(exchanges: Exchange[], { citizenName }: Naming): string | undefined {
  const tries = exchanges.map((exchange) => {
    const isTry = exchange.method === 'POST' && exchange.route.startsWith('/fournisseur-identite/')
    return exchange.note.citizenId ?? (isTry ? posted(exchange).login : undefined)
  })
  const id = tries.findLast((tried) => tried !== undefined)
  return id === undefined ? undefined : citizenName(id)
}

/** One exchange as a line of a sequence. */
export function stepOf(exchange: Exchange, naming: Naming, client?: SandboxClient): Step {
  const explanation = explain(exchange, client)
  const away = leaving(exchange, naming)
  const asker = exchange.route === '/checktoken' ? naming.providerTitle(posted(exchange).client_id) : undefined
  return {
    id: exchange.id,
    at: exchange.at,
    from: exchange.from,
    ...(asker !== undefined && { asker }),
    to: exchange.to,
    server: serverTitle(exchange.server),
    method: exchange.method,
    path: shortened(exchange.path),
    title: titleOf(exchange),
    status: exchange.status,
    refused: explanation !== undefined,
    ...(explanation && { explanation }),
    ...(away !== undefined && { backToService: away.split('?')[0] })
  }
}

const seconds = { code: 30, userinfo: 30, token: 60 }

/** Follows a login through its exchanges: how far it went and until when what it gave is good. */
function followed(exchanges: Exchange[], naming: Naming): { state: JourneyState; deadlines: Deadlines } {
  let state: JourneyState = 'running'
  let deadlines: Deadlines = {}
  for (const exchange of exchanges) {
    const { route, status, answeredAt, from, to } = exchange
    const away = leaving(exchange, naming)
    if (errorSent(exchange)?.error === 'access_denied') state = 'left'
    else if (errorSent(exchange)) state = 'refused'
    else if (away !== undefined && new URL(away).searchParams.has('code')) {
      state = 'code'
      deadlines = { code: answeredAt + seconds.code * 1000, userinfo: answeredAt + seconds.userinfo * 1000 }
    } else if (route === '/token') {
      const given = status === 200 && objectIn(exchange.responseBody).access_token !== undefined
      state = given ? 'connected' : 'refused'
      deadlines = given ? { userinfo: deadlines.userinfo, token: answeredAt + seconds.token * 1000 } : {}
    } else if (route === '/token/revocation' && status === 200) {
      deadlines = {}
    } else if (route.startsWith('/session/end') && status < 400) {
      state = 'loggedOut'
      deadlines = {}
    } else if (status >= 400 && from === 'browser' && to === 'franceConnect') {
      state = 'refused'
    }
  }
  return { state, deadlines }
}

/** One login as the page draws it. */
export function journeyView({ id, exchanges }: Journey, naming: Naming): JourneyView {
  const first = exchanges[0]!
  const client = naming.clientOf(first.query.get('client_id'))
  const citizen = citizenOf(exchanges, naming)
  return {
    id,
    at: first.at,
    platform: serverTitle(first.server),
    service: client?.title ?? first.query.get('client_id') ?? '(service inconnu)',
    ...(citizen !== undefined && { citizen }),
    scopes: (first.query.get('scope') ?? '').split(' ').filter(Boolean),
    ...followed(exchanges, naming),
    steps: exchanges.map((exchange) => stepOf(exchange, naming, client))
  }
}
