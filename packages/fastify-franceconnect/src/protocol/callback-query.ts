import { failure } from '../errors.ts'

const single = [
  'code',
  'state',
  'iss',
  'error',
  'error_description',
  'error_uri',
  'scope',
  'response',
  'id_token',
  'token'
]
const foreign = ['response', 'id_token', 'token', 'access_token']

/**
 * Reads a callback's query from the raw URL, as it was sent, and refuses what no FranceConnect sends: repeated
 * parameters, tokens in the URL, another issuer (RFC 9207), neither code nor error.
 * Throws `FST_FC_CALLBACK_INVALID`.
 */
export function readCallback(url: string, issuer: string): URLSearchParams {
  // a proxy may be sent a whole URL (RFC 9112 §3.2.2): no browser sends one here, and no session covers it
  if (!url.startsWith('/')) throw failure('FST_FC_CALLBACK_INVALID', 'it was not asked by its path')
  const start = url.indexOf('?')
  const query = new URLSearchParams(start === -1 ? '' : url.slice(start + 1))
  for (const name of single) {
    if (query.getAll(name).length > 1) throw failure('FST_FC_CALLBACK_INVALID', `"${name}" is given more than once`)
  }
  for (const name of foreign) {
    if (query.has(name)) throw failure('FST_FC_CALLBACK_INVALID', `"${name}" does not belong in a code flow's answer`)
  }
  const iss = query.get('iss')
  if (iss !== null && iss !== issuer) throw failure('FST_FC_CALLBACK_INVALID', 'its iss is another issuer')
  if (!query.get('error')) {
    const code = query.get('code')
    if (!code) throw failure('FST_FC_CALLBACK_INVALID', 'it has neither code nor error')
    if (!/^[\x21-\x7e]{1,2048}$/.test(code)) throw failure('FST_FC_CALLBACK_INVALID', 'its code is malformed')
  }
  return query
}
