import { type Call, headerOf } from '../exchange.ts'

/** The id of a request as API Particulier's server reads it: the caller's without what is no letter, digit or hyphen. */
export function requestIdOf(call: Call): string {
  const given = (headerOf(call, 'x-request-id') ?? '').replace(/[^\w-]/g, '').slice(0, 255)
  return given || crypto.randomUUID()
}
