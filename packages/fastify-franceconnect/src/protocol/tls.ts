/** Why TLS fails, for whoever mends it. */
export type TlsCause = 'authority' | 'name' | 'date' | 'handshake'

/** What is said of each, after the code of Node or OpenSSL. */
export const tlsSentences: Readonly<Record<TlsCause, string>> = {
  authority: 'its certificate is not accepted; the certificates of a private authority go in NODE_EXTRA_CA_CERTS',
  name: 'its certificate is for another name: is the address right, and does a proxy answer in its place?',
  date: 'its certificate is not valid today: is the clock of this machine right?',
  handshake: 'no TLS that suits is spoken there: is the port right, does it ask for a certificate of this service?'
}

export function tlsCauseOf(code: string): TlsCause {
  if (/ALTNAME|HOSTNAME/.test(code)) return 'name'
  if (/EXPIRED|NOT_YET_VALID/.test(code)) return 'date'
  return /^(EPROTO|ERR_SSL_|ERR_TLS_)/.test(code) ? 'handshake' : 'authority'
}
