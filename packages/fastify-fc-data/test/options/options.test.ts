import Fastify from 'fastify'
import t from 'tap'
import { defineApi } from '../../src/apis/api.ts'
import { entries } from '../../src/apis/entries.ts'
import type { FcDataOptions } from '../../src/options/options.ts'
import { resolveOptions } from '../../src/options/options.ts'
import fcData from '../../src/plugin.ts'

const login = { environment: 'integration' as const }
const secret = 'a-secret-of-thirty-two-characters!'
const apiParticulier = { recipient: '13002526500013' }
const dgfip = { baseUrl: 'https://gw.example', clientId: 'i', clientSecret: 'dgfip-secret', idTeleservice: 't' }
const ir = (...scopes: string[]) => ({ name: 'dgfip/situation-ir', scopes })
const own = (members: object) => ({ name: 'ville/x', url: 'https://ville.example/x', scopes: [], ...members })

t.test('defaults', async (t) => {
  const options = resolveOptions({ apis: ['dss/quotient-familial'], providers: { apiParticulier } }, login)
  t.match(options, { hold: 1800, timeout: 15_000, prefetch: [], store: null, secrets: null })
  t.match(options.providers, { apiParticulier: { baseUrl: 'https://staging.particulier.api.gouv.fr' } })
  t.match(options.apis[0], {
    scopes: ['cnaf_quotient_familial', 'cnaf_allocataires', 'cnaf_enfants', 'cnaf_adresse'],
    atLogin: true,
    timeout: 15_000
  })
  const production = resolveOptions(
    { apis: ['dss/quotient-familial'], providers: { apiParticulier } },
    { environment: 'production' }
  )
  t.equal(production.providers.apiParticulier?.baseUrl, 'https://particulier.api.gouv.fr')
})

t.test('what is wrong is named, in one sentence, without secrets', async (t) => {
  const qf = { apis: ['dss/quotient-familial'], providers: { apiParticulier } }
  const cases: [object, RegExp][] = [
    [{}, /"apis" must be an array/],
    [{ apis: [] }, /"apis" must be an array/],
    [{ ...qf, typo: 1 }, /"typo" is unknown; known: apis, providers/],
    [
      { ...qf, apis: ['dss/quotient-familal'] },
      /"apis\[0\].name" is not an API of the catalogue \("dss\/quotient-familal"\): did you mean "dss\/quotient-familial"\?/
    ],
    [{ ...qf, apis: ['dss/quotient-familial', 'dss/quotient-familial'] }, /twice/],
    [{ ...qf, apis: [{ name: 'dss/quotient-familial', scope: [] }] }, /"apis\[0\].scope" is unknown/],
    [{ ...qf, apis: [{ name: 'dss/quotient-familial', scopes: [] }] }, /at least one scope/],
    [{ ...qf, apis: [{ name: 'dss/quotient-familial', scopes: 'a' }] }, /array of scopes/],
    [{ ...qf, apis: [{ name: 'dss/quotient-familial', scopes: ['a b'] }] }, /array of scopes/],
    [{ ...qf, apis: [{ name: 'dss/quotient-familial', timeout: 0 }] }, /milliseconds/],
    [{ ...qf, apis: [{ name: 'dss/quotient-familial', atLogin: 'no' }] }, /true or false/],
    [{ apis: ['dss/quotient-familial'] }, /"providers.apiParticulier" is required/],
    [{ ...qf, providers: { apiParticulier: { recipient: '13002526500014' } } }, /recipient" must be the SIRET/],
    [{ ...qf, providers: { apiParticulier: { ...apiParticulier, baseUrl: 'http://api.example' } } }, /https URL/],
    [
      { ...qf, providers: { apiParticulier: { ...apiParticulier, baseUrl: 'https://u:password@api.example' } } },
      /without user/
    ],
    [{ ...qf, providers: { apiParticulier, insee: {} } }, /"providers.insee" is unknown/],
    [{ apis: ['dgfip/situation-ir'], providers: { dgfip } }, /"apis\[0\].scopes" is required: the scopes of the DGFiP/],
    [{ apis: [ir('dgfip_rfr')], providers: { dgfip } }, /dgfip_annee_/],
    [
      { apis: [ir('dgfip_annee_n_moins_1', 'dgfip_annee_n_moins_2_si_indispo_n_moins_1')], providers: { dgfip } },
      /beside another year/
    ],
    [
      { apis: [ir('dgfip_annee_n_moins_1')], providers: { dgfip: { ...dgfip, clientSecret: undefined } } },
      /clientSecret" must be a non-empty text/
    ],
    [
      { apis: [ir('dgfip_annee_n_moins_1')], providers: { dgfip: { ...dgfip, idTeleservice: 'a\r\nb' } } },
      /visible ASCII/
    ],
    [{ apis: ['cnam/droits-me'], providers: { cnam: { apiKey: 'k' } } }, /cnam.baseUrl/],
    [{ apis: ['france-travail/statut'], providers: {} }, /"providers.franceTravail" is required/],
    [{ ...qf, hold: 0 }, /"hold"/],
    [{ ...qf, hold: true }, /"hold"/],
    [{ ...qf, store: {} }, /"store" must have get\(\), set\(\), delete\(\)/],
    [{ ...qf, secret: 'dgfip-secret' }, /"secret" must be a text of at least 32/],
    [{ ...qf, secret: [] }, /"secret"/],
    [{ ...qf, timeout: '5s' }, /"timeout"/],
    [{ ...qf, onAccess: 'log' }, /"onAccess" must be a function/],
    [{ ...qf, dispatcher: {} }, /"dispatcher"/],
    [{ ...qf, prefetch: ['dss/prime-activite'] }, /not in apis/],
    [{ ...qf, prefetch: ['dss/quotient-familial'], hold: false }, /needs hold/],
    [
      { ...qf, apis: [{ name: 'dss/quotient-familial', atLogin: false }], prefetch: ['dss/quotient-familial'] },
      /atLogin: false/
    ],
    [
      { apis: [ir('dgfip_annee_n_moins_1')], providers: { dgfip }, prefetch: ['dgfip/situation-ir'] },
      /without parameters/
    ],
    [{ apis: [own({ url: 'http://ville.example/x' })] }, /https URL/],
    [{ apis: [own({ url: 'https://ville.example/{rue}' })] }, /must declare "rue"/],
    [{ apis: [own({ url: 'https://ville.example/?rue={rue}' })] }, /in its path only/],
    [{ apis: [own({ name: 'dss/quotient-familial' })] }, /already an API/],
    [{ apis: [own({ provider: {} })] }, /headers\(\)/],
    [{ apis: [own({ provider: null })] }, /"apis\[0\].provider"/],
    [{ apis: [own({ params: 42 })] }, /"apis\[0\].params" must be a TypeBox schema/],
    [{ apis: [own({ params: null })] }, /"apis\[0\].params"/],
    [{ apis: [own({ data: 'text' })] }, /"apis\[0\].data" must be a TypeBox schema/],
    [{ apis: [own({ scopes: undefined })] }, /array of scopes/]
  ]
  for (const [options, message] of cases) {
    const error = t.throws(
      () => resolveOptions(options as FcDataOptions, login),
      { code: 'FST_FC_DATA_INVALID_OPTIONS', message },
      String(message)
    ) as Error
    t.notMatch(error?.message, /dgfip-secret|password/)
  }
})

t.test('without the login plugin', async (t) => {
  const qf = {
    apis: ['dss/quotient-familial' as const],
    providers: { apiParticulier: { ...apiParticulier, baseUrl: 'http://localhost:4000' } }
  }
  const getAccessToken = () => null
  t.throws(() => resolveOptions(qf, null), { message: /"getAccessToken" is required/ })
  t.throws(() => resolveOptions({ ...qf, getAccessToken, providers: { apiParticulier } }, null), {
    message: /baseUrl" is required/
  })
  const store = { get: async () => null, set: async () => undefined, delete: async () => undefined }
  t.throws(() => resolveOptions({ ...qf, getAccessToken, store }, null), { message: /"secret" is required with store/ })
  t.throws(() => resolveOptions({ ...qf, getAccessToken, prefetch: ['dss/quotient-familial'] }, null), {
    message: /needs fastify-franceconnect/
  })
  t.match(resolveOptions({ ...qf, getAccessToken, store, secret }, null), { secrets: [secret] })
})

t.test('a wrong option fails the boot', async (t) => {
  const app = Fastify()
  app.register(fcData, { apis: [], getAccessToken: () => null })
  await t.rejects(async () => app.ready(), { code: 'FST_FC_DATA_INVALID_OPTIONS' })
})

t.test('an API of one’s own', async (t) => {
  const api = defineApi({ name: 'ville/x', url: 'http://localhost:3000/x?v=1', scopes: ['ville_x'] })
  t.match(resolveOptions({ apis: [api] }, login).apis[0], {
    name: 'ville/x',
    scopes: ['ville_x'],
    own: { url: 'http://localhost:3000/x?v=1' }
  })
})

t.test('every entry can be enabled', async (t) => {
  const providers = {
    apiParticulier,
    dgfip,
    cnam: { baseUrl: 'https://ameli.example/test', apiKey: 'k' },
    franceTravail: { baseUrl: 'https://ft.example' }
  }
  const apis = entries.map(({ name, provider }) =>
    provider === 'dgfip' ? { name, scopes: ['dgfip_annee_n_moins_1'] as const } : name
  )
  t.equal(
    resolveOptions({ apis: apis as unknown as FcDataOptions['apis'], providers }, login).apis.length,
    entries.length
  )
})
