import type { CheckToken } from '../check-token.ts'
import type { PivotClaims } from '../data-provider-context.ts'
import { type Call, headerOf } from '../exchange.ts'
import { type ApiError, type ErrorCodes, providerError, tokenError } from './errors.ts'

/** Who FranceConnect says the token is for, and what it opens here. */
export interface Authenticated {
  identity: PivotClaims
  scope: string[]
}

const failures = { unreachable: '001', timeout: '002', unreadable: '999' } as const

/** Reads the FranceConnect token of a call and asks FranceConnect about it. A JWT of API Particulier is none. */
export async function authenticate(
  call: Call,
  checkToken: CheckToken,
  codes: ErrorCodes
): Promise<Authenticated | { error: ApiError }> {
  const token = /^Bearer (.+)$/.exec(headerOf(call, 'authorization') ?? '')?.[1]
  if (!token || /^[^.]+\.[^.]+\.[^.]+$/.test(token)) return { error: tokenError(codes, '04') }
  if (!/^[\w-]+$/.test(token)) return { error: tokenError(codes, '01') }
  const introspection = await checkToken(token)
  if (introspection.active) return introspection
  const { failure } = introspection
  if (failure === undefined) return { error: tokenError(codes, '02') }
  return { error: failure === 'malformed' ? tokenError(codes, '01') : providerError('51', failures[failure]) }
}
