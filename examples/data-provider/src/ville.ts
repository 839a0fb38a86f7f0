import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, { type FastifyServerOptions } from 'fastify'
import fcProvider, { type FcProviderOptions } from 'fastify-fc-provider'
import type { Lignes } from './base.ts'
import { famillesNeesLe } from './familles.ts'

/** What FranceConnect registers, and what citizens read on its information page. */
export const scopes = {
  ville_solde: 'Solde de la cantine',
  ville_enfants: 'Enfants inscrits à la cantine',
  ville_carte: 'Carte de la bibliothèque'
}

const schema = {
  summary: 'La famille de l’usager, à la cantine et à la bibliothèque',
  response: {
    200: {
      type: 'object',
      properties: {
        solde: { type: 'number', description: 'En euros' },
        enfants: {
          type: 'array',
          items: { type: 'object', properties: { prenom: { type: 'string' }, ecole: { type: 'string' } } }
        },
        carte: { type: 'string' }
      }
    }
  }
}

export interface VilleOptions {
  lignes: Lignes
  franceConnect: Omit<FcProviderOptions, 'scopes'>
  logger?: FastifyServerOptions['logger']
}

/** The town's server: its API, open to the services that a citizen logged in to, and the page that documents it. */
export async function ouvrirVille({ lignes, franceConnect, logger = false }: VilleOptions) {
  const app = Fastify({ logger })
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: 'Ville de Sainte-Démo', version: '1' } } })
  await app.register(swaggerUi, { routePrefix: '/documentation' })

  // the plugin's part
  await app.register(fcProvider, { ...franceConnect, scopes })
  const preHandler = app.fcProvider.require('ville_solde', 'ville_enfants', 'ville_carte')
  const ouvre = app.fcProvider.mask({ ville_solde: ['solde'], ville_enfants: ['enfants'], ville_carte: ['carte'] })
  app.get('/v1/famille', { schema, preHandler }, async (request) => {
    const { identity, scopes } = request.fcCaller
    const famille = app.fcProvider.matchOne(identity, famillesNeesLe(lignes, identity.birthdate))
    return ouvre(famille, scopes)
  })
  // the end of it

  return app
}
