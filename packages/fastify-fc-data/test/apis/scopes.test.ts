import Fastify from 'fastify'
import franceConnect from 'fastify-franceconnect'
import t from 'tap'
import fcData from '../../src/plugin.ts'
import { dataApp, providersAt } from '../data-app.ts'
import { json, startDataServer } from '../data-server.ts'

const LOGIN = {
  issuer: 'http://localhost:4000/api/v2',
  clientId: 'id',
  clientSecret: 'secret-of-the-client',
  baseUrl: 'http://localhost:3000',
  secret: 'a-secret-of-thirty-two-characters-at-least'
}

t.test('a login never asks a scope that DataPass does not grant, unless it is listed', async (t) => {
  const app = Fastify()
  t.teardown(() => app.close())
  const asked: string[][] = []
  await app.register(franceConnect, LOGIN)
  const plugin = app.franceConnect as unknown as { extend(extension: { scopes: string[] }): void }
  const extend = plugin.extend
  Object.defineProperty(app.franceConnect, 'extend', {
    value(extension: { scopes: string[] }) {
      asked.push(extension.scopes)
      return extend.call(this, extension)
    }
  })
  await app.register(fcData, {
    apis: [
      'cnous/etudiant-boursier',
      'gip-mds/service-civique',
      'dss/foyer-rsa',
      { name: 'cnous/etudiant-boursier@v4', scopes: ['cnous_statut_bourse'] }
    ],
    providers: providersAt('http://localhost:4000')
  })
  t.strictSame(asked, [
    [
      'cnous_statut_boursier',
      'cnous_echelon_bourse',
      'cnous_email',
      'cnous_periode_versement',
      'cnous_ville_etudes',
      'cnous_identite',
      'cnous_ine',
      'cnous_statut_bourse'
    ]
  ])
})

t.test('an API of which no scope is asked is called with a token that holds one all the same', async (t) => {
  const server = await startDataServer(t)
  const name = 'gip-mds/service-civique'
  const data = { statut_actuel: { contrat_trouve: false } }
  server.answer((_, response) => json(response, 200, { data, links: {}, meta: {} }))
  const options = { apis: [name], providers: providersAt(server.url), hold: false } as const
  const granted = await dataApp(t, options, { scope: ['openid', 'gip_mds_service_civique_dates'] })
  t.match(await granted.inside((request) => request.fcData(name)), { data })
  t.match(granted.logs(), /DataPass offers no scope of gip-mds\/service-civique/)
  const other = await dataApp(t, options, { scope: ['openid'] })
  t.match(await other.refused((request) => request.fcData(name)), {
    code: 'FST_FC_DATA_SCOPE_MISSING',
    message: /gip_mds_service_civique_statut_actuel/
  })
})
