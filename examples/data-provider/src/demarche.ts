import formbody from '@fastify/formbody'
import Fastify, { type FastifyServerOptions } from 'fastify'
import fcData, { defineApi } from 'fastify-fc-data'
import franceConnect, { type FranceConnectOptions } from 'fastify-franceconnect'
import { type Static, Type } from 'typebox'
import { accueil, formulaire, recu } from './pages.ts'

const repas = Type.Object({
  solde: Type.Optional(Type.Number()),
  enfants: Type.Optional(
    Type.Array(Type.Object({ prenom: Type.Optional(Type.String()), ecole: Type.Optional(Type.String()) }))
  ),
  carte: Type.Optional(Type.String())
})
export type Repas = Static<typeof repas>

export interface DemarcheOptions {
  franceConnect: FranceConnectOptions
  /** The town's address. */
  ville: string
  /** The scopes of the town that this service was granted. */
  scopes: readonly string[]
  logger?: FastifyServerOptions['logger']
}

/** Another body's service: it reads what the town knows with the citizen's token, and nothing that was not granted. */
export async function ouvrirDemarche({ franceConnect: options, ville, scopes, logger = false }: DemarcheOptions) {
  const app = Fastify({ logger })
  await app.register(formbody)
  await app.register(franceConnect, options)
  const famille = defineApi({ name: 'ville/famille', url: `${ville}/v1/famille`, scopes, data: repas })
  await app.register(fcData, { apis: [famille] })

  const page = 'text/html; charset=utf-8'
  app.get('/', async (_request, reply) =>
    reply.type(page).send(accueil(app.franceConnect.button({ returnTo: '/demande' })))
  )

  app.get('/demande', { preHandler: app.fcData.require(famille) }, async (request, reply) => {
    const { given_name = '', family_name = '' } = request.franceConnect?.userInfo ?? {}
    const lu = await request.fcData(famille).catch((error: unknown) => {
      request.log.warn({ code: (error as { code?: string }).code }, 'ville/famille')
      return { data: null }
    })
    return reply.type(page).send(formulaire(`${given_name} ${family_name}`, lu.data))
  })

  app.post<{ Body: { enfants?: string } }>(
    '/demande',
    { preHandler: app.franceConnect.requireLogin() },
    async (request, reply) => {
      return reply.type(page).send(recu((request.body.enfants ?? '').slice(0, 200)))
    }
  )
  return app
}
