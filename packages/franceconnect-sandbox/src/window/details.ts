import { labelsOf } from '../registration/data-provider.ts'
import type { Exchange } from './exchange.ts'
import type { Journal } from './journal.ts'
import { answerOf, requestOf } from './message.ts'
import { openedBy } from './opened.ts'
import { tokensIn } from './tokens.ts'
import type { DetailView } from './view.ts'
import type { Watched } from './watched.ts'

/** Opens exchanges, one at a time, when a page asks. */
export interface Details {
  /** @param secrets whether client secrets are shown. */
  of(exchangeId: number, secrets: boolean): Promise<DetailView | undefined>
  /** The secret of a client. */
  secretOf(clientId: string): string | undefined
}

export function createDetails(watched: Watched, journal: Journal): Details {
  const { clock, platforms, dataProviders, clients } = watched

  async function tokens(exchange: Exchange, first: Exchange | undefined) {
    const found = platforms.find(({ platform }) => platform.name === exchange.server)
    const keys = found ? (await found.server).keys : []
    const { decryptionKey } = watched
    return tokensIn(exchange, { now: clock.now(), keys, decryptionKey, asked: first?.query })
  }

  return {
    secretOf: (clientId) => clients.find((client) => client.clientId === clientId)?.clientSecret,
    async of(exchangeId, secrets) {
      const found = journal.find(exchangeId)
      if (!found) return undefined
      const { exchange, journey } = found
      const first = journey?.exchanges[0]
      const opened = await tokens(exchange, first)
      const platform = platforms.find(({ platform: { name } }) => name === first?.server)?.platform
      const content = opened.find(({ name }) => name === 'userinfo')?.parts.at(-1)?.json
      const request = requestOf(exchange, !secrets)
      return {
        id: exchange.id,
        address: `${exchange.method} ${watched.origin}${exchange.path}`,
        request,
        answer: answerOf(exchange),
        duration: exchange.answeredAt - exchange.at,
        truncated: exchange.truncated,
        masked: JSON.stringify(request) !== JSON.stringify(requestOf(exchange, false)),
        tokens: opened,
        opened: openedBy(
          exchange,
          {
            granted: (first?.query.get('scope') ?? '').split(' ').filter(Boolean),
            claims: { ...platform?.scopes, ...platform?.moreScopes },
            fields: dataProviders.at(exchange.path)?.fields,
            labels: labelsOf(watched.registered)
          },
          content
        )
      }
    }
  }
}
