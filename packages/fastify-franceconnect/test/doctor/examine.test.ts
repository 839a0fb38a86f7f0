import t from 'tap'
import { examine } from '../../src/doctor/examine.ts'
import { codes, folder, offline, sound } from './settings.ts'

t.test('sound settings have no error and no warning, and the two URLs are told', async (t) => {
  const report = await offline()
  t.equal(report.ok, true)
  t.strictSame([...codes(report, 'error'), ...codes(report, 'warning')], [])
  t.equal(report.redirectUri, 'https://demarche.example.fr/franceconnect/callback')
  t.equal(report.postLogoutRedirectUri, 'https://demarche.example.fr/franceconnect/logout/callback')
  t.equal(report.issuer, 'https://fcp-low.sbx.dev-franceconnect.fr/api/v2')
})

const plus = { FC_ACR_VALUES: 'eidas2' }
const production = { FC_ENVIRONMENT: 'production' }
const mistakes: [code: string, changes: Record<string, string | undefined>][] = [
  ['environment-missing', { FC_ENVIRONMENT: undefined }],
  ['environment-unknown', { FC_ENVIRONMENT: 'prod' }],
  ['environment-and-issuer', { FC_ISSUER: 'https://fcp-low.sbx.dev-franceconnect.fr/api/v2' }],
  ['issuer-malformed', { FC_ENVIRONMENT: undefined, FC_ISSUER: 'franceconnect' }],
  ['issuer-v1', { FC_ENVIRONMENT: undefined, FC_ISSUER: 'https://app.franceconnect.gouv.fr/api/v1' }],
  ['issuer-slash', { FC_ENVIRONMENT: undefined, FC_ISSUER: 'https://oidc.franceconnect.gouv.fr/api/v2/' }],
  ['issuer-http', { FC_ENVIRONMENT: undefined, FC_ISSUER: 'http://double.example.fr/api/v2' }],
  ['acr-unknown', { FC_ACR_VALUES: 'eidas4' }],
  [
    'acr-platform',
    { FC_ENVIRONMENT: undefined, FC_ISSUER: 'https://oidc.franceconnect.gouv.fr/api/v2', FC_ACR_VALUES: 'eidas2' }
  ],
  ['algorithm-plus', { ...plus, FC_ID_TOKEN_SIGNED_RESPONSE_ALG: 'RS256' }],
  ['decryption-keys-missing', plus],
  ['clientId-missing', { FC_CLIENT_ID: undefined }],
  ['clientId-spaces', { FC_CLIENT_ID: `${sound.FC_CLIENT_ID} ` }],
  ['clientSecret-placeholder', { FC_CLIENT_SECRET: 'changeme' }],
  ['clientSecret-short', { FC_CLIENT_SECRET: 'fc-0123456789' }],
  ['credentials-same', { FC_CLIENT_SECRET: sound.FC_CLIENT_ID }],
  ['secret-missing', { SESSION_SECRET: undefined }],
  ['secret-short', { SESSION_SECRET: 'un secret trop court' }],
  ['secret-weak', { SESSION_SECRET: 'abcd'.repeat(12) }],
  [
    'secret-reused',
    { SESSION_SECRET: sound.FC_CLIENT_SECRET?.slice(1), FC_CLIENT_SECRET: sound.FC_CLIENT_SECRET?.slice(1) }
  ],
  ['baseUrl-missing', { FC_BASE_URL: undefined }],
  ['baseUrl-malformed', { FC_BASE_URL: 'demarche.example.fr' }],
  ['baseUrl-undeclarable', { FC_BASE_URL: 'https://demarche.example.fr/?page=1' }],
  ['redirect-http', { ...production, FC_BASE_URL: 'http://demarche.example.fr' }],
  ['redirect-host', { ...production, FC_BASE_URL: 'https://intranet' }],
  ['redirect-long', { FC_BASE_URL: `https://demarche.example.fr/${'a'.repeat(1024)}` }],
  ['redirect-plus-local', { ...plus, FC_BASE_URL: 'http://localhost:3000' }],
  ['scope-openid', { FC_SCOPE: 'given_name family_name' }],
  ['scope-impossible', { FC_SCOPE: 'openid amr' }],
  ['scope-pivot', { FC_SCOPE: 'openid given_name cnaf_quotient_familial' }],
  ['options-refused', { FC_ID_TOKEN_SIGNED_RESPONSE_ALG: 'HS256' }],
  ['options-refused', { FC_CALLBACK_PATH: 'no-slash' }]
]
for (const [code, changes] of mistakes) {
  t.test(`${code}: ${Object.keys(changes).join(', ')}`, async (t) => {
    const report = await offline(changes)
    t.equal(report.ok, false)
    t.ok(codes(report, 'error').includes(code), codes(report, 'error').join(', '))
    const text = JSON.stringify(report)
    for (const secret of [
      sound.FC_CLIENT_SECRET,
      sound.SESSION_SECRET,
      changes.SESSION_SECRET,
      changes.FC_CLIENT_SECRET
    ]) {
      if (secret && code !== 'credentials-same') t.notOk(text.includes(secret), 'no secret is shown')
    }
  })
}

t.test('what may be right is a warning, and leaves the exit code alone', async (t) => {
  const risks: [code: string, changes: Record<string, string | undefined>][] = [
    ['clientId-shape', { FC_CLIENT_ID: 'ma-demarche' }],
    ['redirect-http', { FC_BASE_URL: 'http://recette.example.fr' }],
    ['redirect-local', { FC_BASE_URL: 'http://localhost:3000' }],
    ['scope-unknown', { FC_SCOPE: 'identite_pivot openid cnaf_quotien_familial' }],
    ['session-memory', production]
  ]
  for (const [code, changes] of risks) {
    const report = await offline(changes)
    t.strictSame([report.ok, codes(report, 'warning')], [true, [code]])
  }
})

t.test('a misspelt scope is told with the one that was meant, and a scope of the other platform as such', async (t) => {
  const misspelt = await offline({ FC_SCOPE: 'identite_pivot openid cnaf_quotien_familial' })
  t.match(misspelt.findings.find(({ code }) => code === 'scope-unknown')?.fix, /cnaf_quotient_familial/)
  const other = await offline({ ...plus, FC_SCOPE: 'identite_pivot openid cnaf_quotient_familial' })
  t.match(other.findings.find(({ code }) => code === 'scope-unknown')?.message, /^FranceConnect\+ ne connaît pas/)
})

t.test('a base URL with a path, a trailing slash or a default port gives what the plugin will send', async (t) => {
  for (const [baseUrl, expected] of [
    ['https://ville.example/demarches/', 'https://ville.example/demarches/franceconnect/callback'],
    ['https://ville.example:443', 'https://ville.example/franceconnect/callback'],
    ['https://ville.example:8443', 'https://ville.example:8443/franceconnect/callback']
  ]) {
    t.equal((await offline({ FC_BASE_URL: baseUrl })).redirectUri, expected)
  }
})

t.test('the data plugin is booted: what it refuses is told', async (t) => {
  const settings = {
    source: 'test',
    production: false,
    franceConnect: {
      environment: 'integration',
      clientId: sound.FC_CLIENT_ID,
      clientSecret: sound.FC_CLIENT_SECRET,
      baseUrl: sound.FC_BASE_URL,
      secret: sound.SESSION_SECRET
    }
  }
  const seen = async (fcData: Record<string, unknown>) => {
    const report = await examine({ ...settings, fcData }, { offline: true, folder })
    return [...codes(report, 'error'), ...codes(report, 'warning')]
  }
  const providers = { apiParticulier: { recipient: '13002526500013' } }
  t.strictSame(await seen({ apis: ['dss/quotient-familial'], providers }), [])
  t.strictSame(await seen({ apis: ['dss/quotient-familial'] }), ['data-options-refused'])
  t.strictSame(await seen({ apis: ['dss/inconnue'], providers }), ['data-options-refused'])
})
