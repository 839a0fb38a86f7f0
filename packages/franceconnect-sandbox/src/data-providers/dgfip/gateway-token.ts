import { randomBytes } from 'node:crypto'
import { type Answer, type Call, headerOf, json } from '../exchange.ts'

/** What the DGFiP would give with its convention; here, values that say where they come from. */
export const dgfipAccount = {
  clientId: 'bac-a-sable-dgfip',
  clientSecret: 'bac-a-sable-dgfip-secret',
  idTeleservice: 'bac-a-sable-teleservice'
}

/** Seconds; the DGFiP does not publish its own, clients read `expires_in`. */
const lifetime = 3600

const expected = `Basic ${Buffer.from(`${dgfipAccount.clientId}:${dgfipAccount.clientSecret}`).toString('base64')}`

/** The gateway's OAuth token endpoint: client credentials in HTTP Basic, one scope per resource (RFC 6749 §4.4). */
export function gatewayTokens(now: () => number, known: string[]) {
  const issued = new Map<string, { scope: string[]; expires: number }>()

  function refuse(status: number, error: string): Answer {
    const answer = json(status, { error })
    return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } }
  }

  return {
    issue(call: Call): Answer {
      if (call.method !== 'POST') return refuse(405, 'invalid_request')
      if (headerOf(call, 'authorization') !== expected) return refuse(401, 'invalid_client')
      const form = new URLSearchParams(call.body)
      if (form.get('grant_type') !== 'client_credentials') return refuse(400, 'unsupported_grant_type')
      const scope = (form.get('scope') ?? '').split(' ').filter(Boolean)
      if (scope.length === 0 || scope.some((name) => !known.includes(name))) return refuse(400, 'invalid_scope')
      for (const [token, { expires }] of issued) if (expires <= now()) issued.delete(token)
      const token = randomBytes(24).toString('base64url')
      issued.set(token, { scope, expires: now() + lifetime * 1000 })
      const body = { access_token: token, token_type: 'Bearer', expires_in: lifetime, scope: scope.join(' ') }
      const answer = json(200, body)
      return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } }
    },

    /** What the gateway makes of the token of a call, for a resource of this scope. */
    judge(call: Call, scope: string): 'open' | 'unknown' | 'other-scope' {
      const token = /^Bearer (.+)$/.exec(headerOf(call, 'authorization') ?? '')?.[1]
      const known = token === undefined ? undefined : issued.get(token)
      if (known === undefined || known.expires <= now()) return 'unknown'
      return known.scope.includes(scope) ? 'open' : 'other-scope'
    }
  }
}
