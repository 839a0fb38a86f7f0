// FranceConnect for the bench: its answers are made once a second, so that the measured server is the one that works.
import { createServer } from 'node:http'
import { CompactEncrypt, CompactSign, exportJWK, generateKeyPair } from 'jose'

export async function startFranceConnect() {
  const [signing, town] = await Promise.all(
    ['ES256', 'ECDH-ES'].map((alg) => generateKeyPair(alg, { extractable: true }))
  )
  const client = { clientId: 'bench', clientSecret: 'bench-secret-of-32-characters-or-more' }
  const jwk = { ...(await exportJWK(signing.publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }
  let issuer = ''
  let made = { second: 0, text: '' }

  async function introspection() {
    const second = Math.floor(Date.now() / 1000)
    if (made.second === second) return made.text
    const token = {
      active: true,
      aud: 'service',
      sub: `${'a'.repeat(64)}v1`,
      iat: second,
      exp: second + 60,
      acr: 'eidas1'
    }
    const identity = {
      gender: 'female',
      family_name: 'DUBOIS',
      given_name: 'Angela Claire',
      given_name_array: ['Angela', 'Claire'],
      birthdate: '1962-08-24',
      birthplace: '75107',
      birthcountry: '99100'
    }
    const token_introspection = { ...token, scope: 'ville_solde', ...identity }
    const claims = { token_introspection, iat: second, iss: issuer, aud: client.clientId }
    const jws = await new CompactSign(Buffer.from(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .sign(signing.privateKey)
    const text = await new CompactEncrypt(Buffer.from(jws))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
      .encrypt(town.publicKey)
    made = { second, text }
    return text
  }

  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      const body = request.url.endsWith('/jwks') ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/jwks` }
      return response.end(JSON.stringify(body))
    }
    request.resume()
    const text = await introspection()
    response.writeHead(200, { 'content-type': 'application/token-introspection+jwt' }).end(text)
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  issuer = `http://127.0.0.1:${server.address().port}`
  const settings = { issuer, ...client, jwk, decryptionKey: await exportJWK(town.privateKey) }
  return { settings, close: () => server.close() }
}
