import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { compactDecrypt, compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose'
import { answerHeader, type Exchange, objectIn } from './exchange.ts'
import type { Check, TokenView } from './view.ts'

/** What is needed to open and judge a token. */
export interface TokenContext {
  /** Milliseconds on the sandbox's clock. */
  now: number
  /** FranceConnect's present signature keys. */
  keys: JsonWebKey[]
  /** The private key of the built-in client of FranceConnect+. */
  decryptionKey: JWK | undefined
  /** What the service sent in its request. */
  asked: URLSearchParams | undefined
}

const pretty = (value: unknown) => JSON.stringify(value, null, 2)
const clock = (seconds: number) => new Date(seconds * 1000).toLocaleTimeString('fr-FR')

async function signature(jws: string, keys: JsonWebKey[]): Promise<Check> {
  const { alg, kid } = decodeProtectedHeader(jws)
  for (const key of keys.filter((candidate) => candidate.alg === alg)) {
    try {
      await compactVerify(jws, createPublicKey({ key, format: 'jwk' }))
      return { verdict: 'good', text: `Signature ${alg} bonne, par la clé ${kid} de FranceConnect.` }
    } catch {}
  }
  const text = `Signature ${alg} mauvaise avec la clé ${kid} d’aujourd’hui : la clé a été remplacée depuis, ou le jeton a été modifié.`
  return { verdict: 'bad', text }
}

function times({ iat, exp }: Record<string, unknown>, now: number): Check[] {
  const checks: Check[] = []
  if (typeof iat === 'number') checks.push({ verdict: 'told', text: `Émis à ${clock(iat)} (iat).` })
  if (typeof exp !== 'number') return checks
  const left = Math.round(exp - now / 1000)
  checks.push(
    left > 0
      ? { verdict: 'good', text: `Valable jusqu’à ${clock(exp)} (exp), encore ${left} s.` }
      : { verdict: 'bad', text: `Expiré depuis ${clock(exp)} (exp), il y a ${-left} s.` }
  )
  return checks
}

function same(name: string, said: unknown, expected: string | null | undefined): Check[] {
  if (said === undefined || expected == null) return []
  return said === expected
    ? [{ verdict: 'good', text: `${name} est celui de la demande.` }]
    : [{ verdict: 'bad', text: `${name} n’est pas celui de la demande (${expected}).` }]
}

/** Opens one token: an encryption around a signature, or a signature alone. */
async function opened(name: string, token: string, context: TokenContext): Promise<TokenView> {
  const parts: TokenView['parts'] = []
  let jws = token
  if (token.split('.').length === 5) {
    parts.push({ name: 'En-tête du chiffrement', json: pretty(decodeProtectedHeader(token)) })
    const key = context.decryptionKey
    const plain = key && (await compactDecrypt(token, await importJWK(key, key.alg)).catch(() => undefined))
    if (!plain) {
      const text = 'Chiffré pour le service : lui seul a la clé qui l’ouvre.'
      return { name, parts, checks: [{ verdict: 'told', text }] }
    }
    jws = Buffer.from(plain.plaintext).toString('utf8')
  }
  const claims = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'))
  parts.push({ name: 'En-tête de la signature', json: pretty(decodeProtectedHeader(jws)) })
  parts.push({ name: 'Contenu', json: pretty(claims) })
  const checks = [
    await signature(jws, context.keys),
    ...times(claims, context.now),
    ...same('nonce', claims.nonce, context.asked?.get('nonce')),
    ...same('aud', claims.aud, context.asked?.get('client_id'))
  ]
  return { name, parts, checks }
}

/** The tokens that pass in an exchange, opened; what cannot be read is left out. */
export async function tokensIn(exchange: Exchange, context: TokenContext): Promise<TokenView[]> {
  const { route, query, responseBody, note } = exchange
  const found: [name: string, token: unknown][] = []
  if (route === '/token') found.push(['ID Token', objectIn(responseBody).id_token])
  if (/application\/jwt/.test(answerHeader(exchange, 'content-type') ?? '')) found.push(['userinfo', responseBody])
  const hint = query.get('id_token_hint')
  if (hint) found.push(['id_token_hint', hint])
  const views: TokenView[] = []
  for (const [name, token] of found) {
    if (typeof token !== 'string') continue
    await opened(name, token, context).then(
      (view) => views.push(view),
      () => undefined
    )
  }
  if (note.introspection) {
    const parts = [{ name: 'token_introspection (avant signature et chiffrement)', json: pretty(note.introspection) }]
    views.push({ name: 'Réponse de checktoken', parts, checks: times(note.introspection, context.now) })
  }
  return views
}
