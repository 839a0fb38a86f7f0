import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import { isScope } from 'franceconnect-protocol/option-values'
import { failure } from '../errors.ts'
import type { Login } from '../session/login.ts'
import type { Extension } from './extension.ts'

/** What other plugins added: see {@link Extension}. */
export interface Extensions {
  add(extension: Extension): void
  /** From now on nothing can be added: the server is ready. */
  close(): void
  scopes(): readonly string[]
  loggedIn(request: FastifyRequest, login: Login, needs: readonly string[]): Promise<void>
  loggedOut(log: FastifyBaseLogger, loginId: string, request: FastifyRequest | null): Promise<void>
}

export function createExtensions(): Extensions {
  const added: Extension[] = []
  let scopes: readonly string[] = []
  let closed = false

  async function all(log: FastifyBaseLogger, what: string, run: (extension: Extension) => unknown): Promise<void> {
    const results = await Promise.allSettled(added.map(async (extension) => run(extension)))
    for (const result of results) {
      if (result.status === 'rejected') {
        log.error(
          { code: (result.reason as { code?: unknown } | null)?.code ?? 'unknown' },
          `an extension failed at ${what}`
        )
      }
    }
  }

  return {
    add(extension) {
      if (closed)
        throw failure(
          'FST_FC_INVALID_OPTIONS',
          'extend() was called once the server was ready; call it while plugins load.'
        )
      check(extension)
      added.push(extension)
      scopes = [...new Set(added.flatMap((one) => one.scopes ?? []))]
    },
    close() {
      closed = true
    },
    scopes: () => scopes,
    loggedIn: (request, login, needs) =>
      all(request.log, 'login', (extension) => extension.onLogin?.(request, login, needs)),
    loggedOut: (log, loginId, request) => all(log, 'logout', (extension) => extension.onLogout?.(loginId, request))
  }
}

function check(extension: Extension): void {
  const { scopes, onLogin, onLogout } = Object(extension) as Record<keyof Extension, unknown>
  const scoped = scopes === undefined || (Array.isArray(scopes) && scopes.every(isScope))
  const worked = [onLogin, onLogout].every((work) => work === undefined || typeof work === 'function')
  if (typeof extension === 'object' && extension !== null && scoped && worked) return
  throw failure('FST_FC_INVALID_OPTIONS', 'extend() takes { scopes: an array of scopes, onLogin(), onLogout() }.')
}
