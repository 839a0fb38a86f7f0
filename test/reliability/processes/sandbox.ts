// FranceConnect and the data providers, in a process of their own.
import { startSandbox } from 'franceconnect-sandbox'
import { answer } from './answers.ts'

const baseUrl = process.env['BASE_URL'] ?? ''
const sandbox = await startSandbox({
  port: 0,
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
        'cnaf_quotient_familial'
      ],
      idTokenSignedResponseAlg: 'ES256'
    }
  ]
})
answer(Number(new URL(sandbox.issuer).port), {
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
