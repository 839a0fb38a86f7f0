import type { Case, Outcome } from '../case.ts'
import type { Endpoint, Sender } from '../fault.ts'
import * as way from '../transports.ts'

type Asked = 'discovery' | 'jwks' | 'token' | 'userinfo'

const endpoints: { at: Asked; refusal: Outcome; calls: Case['calls'] }[] = [
  { at: 'discovery', refusal: 'FST_FC_UNAVAILABLE', calls: { token: 0, jwks: 0, userinfo: 0 } },
  { at: 'jwks', refusal: 'FST_FC_UNAVAILABLE', calls: { userinfo: 0 } },
  { at: 'token', refusal: 'FST_FC_TOKEN_REQUEST_FAILED', calls: { token: 1, userinfo: 0 } },
  { at: 'userinfo', refusal: 'FST_FC_USERINFO_INVALID', calls: { token: 1, userinfo: 1 } }
]

const ways: { name: string; line: string; does: string; send: Sender; bytes?: number }[] = [
  { name: 'hang', line: 'N2', does: 'never answers', send: way.hang },
  { name: 'slow-headers', line: 'N2', does: 'sends its headers byte by byte', send: way.slowHeaders },
  { name: 'slow-drip', line: 'N2', does: 'sends its body byte by byte', send: way.slowDrip },
  { name: 'reset', line: 'N2', does: 'cuts the connection', send: way.reset },
  {
    name: 'truncated',
    line: 'N2',
    does: 'cuts the connection in the middle of the body',
    send: way.truncated
  },
  { name: 'huge', line: 'N3', does: 'sends 64 MB', send: way.huge, bytes: 20_000_000 },
  { name: 'huge-content-length', line: 'N3', does: 'announces 10 GB', send: way.hugeContentLength },
  { name: 'header-flood', line: 'N3', does: 'sends headers of 1 MB', send: way.headerFlood },
  { name: 'bad-chunk', line: 'N2', does: 'sends a chunk without a length', send: way.badChunk },
  { name: 'two-lengths', line: 'N2', does: 'gives its body two lengths', send: way.twoLengths },
  { name: 'gzip-bomb', line: 'N3', does: 'sends 64 MB packed in 64 KB', send: way.gzipBomb }
]

const sent: Case[] = endpoints.flatMap(({ at, calls }) =>
  ways.map(({ name, line, does, send, bytes }) => ({
    name: `${at}-${name}`,
    line: at === 'jwks' ? 'T9' : line,
    does: `${at}: ${does}`,
    fault: { send: { [at]: send } satisfies Partial<Record<Endpoint, Sender>> },
    expect: 'FST_FC_UNAVAILABLE' as const,
    calls,
    bytes,
    options: { timeout: 2000 }
  }))
)

const redirects: Case[] = endpoints.flatMap(({ at, refusal, calls }) =>
  [302, 307].map((status) => ({
    name: `${at}-redirect-${status}`,
    line: at === 'jwks' ? 'T9' : 'N1',
    does: `${at}: redirects to another host (${status})`,
    fault: {
      answer: {
        [at]: (answer: Parameters<typeof way.redirectTo>[0], provider: { canary: string }) =>
          way.redirectTo(answer, `${provider.canary}/${at}`, status)
      }
    },
    expect: refusal,
    calls
  }))
)

const statuses: Case[] = (['jwks', 'userinfo'] as const).flatMap((at) => [
  {
    name: `${at}-500`,
    line: at === 'jwks' ? 'T9' : 'N4',
    does: `${at}: an internal error`,
    fault: {
      answer: {
        [at]: (answer: { status: number }) => {
          answer.status = 500
        }
      }
    },
    expect: at === 'userinfo' ? ('FST_FC_USERINFO_INVALID' as const) : ('FST_FC_UNAVAILABLE' as const)
  },
  {
    name: `${at}-malformed`,
    line: at === 'jwks' ? 'T9' : 'N4',
    does: `${at}: an answer cut in half, with its right length`,
    fault: {
      answer: {
        [at]: (answer: { body: string | Buffer }) => {
          answer.body = String(answer.body).slice(0, 100)
        }
      }
    },
    expect: at === 'userinfo' ? ('FST_FC_USERINFO_INVALID' as const) : ('FST_FC_UNAVAILABLE' as const)
  }
])

export const transports: Case[] = [...sent, ...redirects, ...statuses]
