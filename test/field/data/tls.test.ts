import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import t from 'tap'
import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import { QF, qf, startCitizens } from './citizens.ts'
import { startHost } from './host.ts'

interface Signed {
  key: string
  cert: string
}

/** An authority, and the certificates that it signs for 127.0.0.1. */
function authorityOf(t: Test) {
  const dir = mkdtempSync(join(tmpdir(), 'fc-data-tls-'))
  t.teardown(() => rmSync(dir, { recursive: true, force: true }))
  const at = (name: string) => join(dir, name)
  const read = (name: string) => readFileSync(at(name), 'utf8')
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' })
  const fresh = ['-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=127.0.0.1']
  openssl('req', '-x509', '-days', '1', ...fresh, '-keyout', at('ca.key'), '-out', at('ca'))

  function sign(name: string, { names = 'IP:127.0.0.1', more = '', with: options = [] as string[] } = {}): Signed {
    openssl('req', ...fresh, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`))
    writeFileSync(at(`${name}.ext`), `subjectAltName=${names}\n${more}\n`)
    const files = ['-in', at(`${name}.csr`), '-extfile', at(`${name}.ext`), '-out', at(name)]
    openssl('x509', '-req', '-days', '1', '-CA', at('ca'), '-CAkey', at('ca.key'), ...files, ...options)
    return { key: read(`${name}.key`), cert: read(name) }
  }
  return { ca: read('ca'), sign }
}

/** Five citizens and one more are each told of a setting, in these words: it is no outage. */
async function isSetting(t: Test, url: string, dispatcher: Dispatcher, message: RegExp): Promise<void> {
  t.teardown(() => dispatcher.destroy())
  const { refused } = await startCitizens(t, url, { apis: [QF], dispatcher })
  for (const login of ['a', 'b', 'c', 'd', 'e', 'f'])
    t.match(await refused(login, qf), { code: 'FST_FC_DATA_UNAVAILABLE', remedy: 'configuration', message })
}

t.test('a certificate for another use, another name, or signed by a means that is no longer good', async (t) => {
  const { ca, sign } = authorityOf(t)
  const cases: [Signed, RegExp][] = [
    [sign('use', { more: 'extendedKeyUsage=clientAuth' }), /tls \(INVALID_PURPOSE\)/],
    [sign('name', { names: 'DNS:autre.example' }), /tls \(ERR_TLS_CERT_ALTNAME_INVALID\)/],
    [sign('sha1', { with: ['-sha1'] }), /tls \((UNSPECIFIED|CERT_\w+|ERR_SSL_\w+)\)/]
  ]
  for (const [signed, message] of cases) {
    const weak = { ...signed, ciphers: 'DEFAULT@SECLEVEL=0' }
    const host = await startHost(t, weak)
    await isSetting(t, host.url, new Agent({ connect: { ca } }), message)
    t.equal(host.seen.length, 0)
  }
})

t.test('a client certificate without its key', async (t) => {
  const { ca, sign } = authorityOf(t)
  const host = await startHost(t, sign('server'))
  const connect = { ca, cert: sign('one').cert, key: sign('other').key }
  await isSetting(t, host.url, new Agent({ connect }), /tls \(ERR_OSSL_X509_KEY_VALUES_MISMATCH\)/)
})

t.test('a proxy whose certificate has another name', async (t) => {
  const { ca, sign } = authorityOf(t)
  const proxy = await startHost(t, sign('proxy', { names: 'DNS:autre.example' }))
  const uri = proxy.url.replace('127.0.0.1', 'localhost')
  await isSetting(t, 'https://127.0.0.1:9', new ProxyAgent({ uri, proxyTls: { ca } }), /tls \(UND_ERR_PRX_TLS\)/)
})

t.test('a proxy that is not there is not told as the provider', async (t) => {
  const dispatcher = new ProxyAgent('http://127.0.0.1:9')
  t.teardown(() => dispatcher.destroy())
  const { refused } = await startCitizens(t, 'https://data.example', { dispatcher })
  t.match(await refused('a', qf), { message: /ECONNREFUSED.* proxy/ })
})
