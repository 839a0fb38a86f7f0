// FranceConnect and the data providers, in a process of their own.
import { type DataProviderClient, startSandbox } from 'franceconnect-sandbox'
import { accessToken } from './access-token.ts'
import { answer } from './answers.ts'

const baseUrl = process.env['BASE_URL'] ?? ''
const dataProviders = JSON.parse(process.env['DATA_PROVIDERS'] ?? '[]') as DataProviderClient[]
const sandbox = await startSandbox({
  port: 0,
  dataProviders,
  clients: [
    {
      clientId: 'demarche-fiable',
      clientSecret: 'secret-de-la-demarche-fiable-0123456789',
      redirectUris: [`${baseUrl}/franceconnect/callback`],
      postLogoutRedirectUris: [`${baseUrl}/franceconnect/logout/callback`],
      scopes: [
        'openid',
        'given_name',
        'family_name',
        'birthdate',
        'gender',
        'birthplace',
        'birthcountry',
        'cnaf_quotient_familial',
        ...dataProviders.flatMap(({ scopes }) => Object.keys(scopes))
      ],
      idTokenSignedResponseAlg: 'ES256'
    }
  ]
})
answer(Number(new URL(sandbox.issuer).port), {
  accessToken: ([citizen, scope]: [string, string]) => accessToken(sandbox, citizen, scope),
  authorize: ([url, citizen]: [string, string]) => sandbox.authorize(url, citizen),
  describe: () => ({
    issuer: sandbox.issuer,
    franceConnect: sandbox.franceConnectOptions,
    fcData: sandbox.fcDataOptions
  }),
  fault: ([target, fault]: [string, never]) => sandbox.faults.set(target, fault),
  heal: () => sandbox.faults.clear(),
  rotate: () => sandbox.rotateKeys()
})
