import t from 'tap'
import { authorizationResponses } from '../hostile/cases/authorization-response.ts'
import { discoveries } from '../hostile/cases/discovery.ts'
import { idTokenClaims } from '../hostile/cases/id-token-claims.ts'
import { idTokenSignature } from '../hostile/cases/id-token-signature.ts'
import { keySets } from '../hostile/cases/key-set.ts'
import { userinfo } from '../hostile/cases/userinfo.ts'
import { startProvider } from '../hostile/provider.ts'
import { me, paths, startRelyingParty, walk } from '../hostile/relying-party.ts'
import { runCase } from '../hostile/run-case.ts'

const all = [...idTokenClaims, ...idTokenSignature, ...keySets, ...userinfo, ...discoveries, ...authorizationResponses]

/** Modules of the OpenID Foundation's conformance suite for relying parties, and the fault that each one is. */
const modules: [module: string, fault: string][] = [
  ['oidcc-client-test-invalid-iss', 'wrong-iss'],
  ['oidcc-client-test-missing-sub', 'missing-sub'],
  ['oidcc-client-test-invalid-aud', 'wrong-aud'],
  ['oidcc-client-test-missing-aud', 'missing-aud'],
  ['oidcc-client-test-missing-iat', 'missing-iat'],
  ['oidcc-client-test-kid-absent-single-jwks', 'jwks-kid-absent-single'],
  ['oidcc-client-test-kid-absent-multiple-jwks', 'jwks-kid-absent-multiple'],
  ['oidcc-client-test-idtoken-sig-none', 'alg-none'],
  ['oidcc-client-test-invalid-sig-rs256', 'bad-signature-rs256'],
  ['oidcc-client-test-invalid-sig-es256', 'bad-signature'],
  ['oidcc-client-test-invalid-sig-hs256', 'alg-hs256-bad-mac'],
  ['oidcc-client-test-userinfo-invalid-sub', 'userinfo-sub-mismatch'],
  ['oidcc-client-test-nonce-invalid', 'wrong-nonce'],
  ['oidcc-client-test-discovery-issuer-mismatch', 'discovery-issuer-mismatch'],
  ['oidcc-client-test-signing-key-rotation-just-before-signing', 'key-rotation-just-before-signing']
]

for (const [module, fault] of modules) {
  t.test(`${module} (${fault})`, async (t) => {
    const one = all.find(({ name }) => name === fault)
    if (!one) throw new Error(`no case is named ${fault}`)
    const report = await runCase(one)
    t.equal(report.outcome, one.expect)
    if (one.expect === 'login') return
    if (one.line !== 'T16') t.equal(report.calls.userinfo, 0, 'no userinfo request after a bad ID Token')
    t.equal(report.recovered, true)
  })
}

for (const alg of ['ES256', 'RS256'] as const) {
  const name =
    alg === 'RS256'
      ? 'oidcc-client-test-idtoken-sig-rs256, -userinfo-signed'
      : 'oidcc-client-test, -scope-userinfo-claims'
  t.test(`${name}: code, token, userinfo`, async (t) => {
    const provider = await startProvider({ alg })
    const party = await startRelyingParty(provider, { idTokenSignedResponseAlg: alg })
    t.teardown(() => Promise.all([party.close(), provider.close()]))
    const browser = party.browser()
    await walk(browser)
    t.match(await me(browser), { connected: true, claims: { family_name: 'DUBOIS-CANARI' } })
    const [authorize, token] = provider.asked
    t.equal(authorize?.parameters.get('redirect_uri'), paths.callback)
    t.equal(token?.parameters.get('redirect_uri'), paths.callback, 'identical in both requests')
    t.match(authorize?.parameters.get('scope')?.split(' '), ['openid'])
    t.match(provider.calls, { discovery: 1, token: 1, userinfo: 1 })
    t.ok(provider.calls.jwks >= 1, 'oidcc-client-test-discovery-jwks-uri-keys: the key set is fetched')
    await walk(party.browser())
    t.match(
      provider.calls,
      { discovery: 1, jwks: provider.calls.jwks, token: 2, userinfo: 2 },
      'two calls on a warm server'
    )
  })
}

t.test('oidcc-client-test-signing-key-rotation (key-rotation-between-logins)', async (t) => {
  const provider = await startProvider()
  const party = await startRelyingParty(provider)
  t.teardown(() => Promise.all([party.close(), provider.close()]))
  await walk(party.browser())
  for (const kid of ['une-autre', 'une-autre', 'encore-une']) {
    provider.rotate(kid)
    const browser = party.browser()
    await walk(browser)
    t.equal((await me(browser)).connected, true, `rotated to ${kid}`)
  }
  t.equal(provider.calls.token, 4, 'never a second token request')
  t.equal(provider.calls.jwks, 4)
})
