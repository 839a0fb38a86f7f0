import Fastify, { type FastifyInstance } from 'fastify'
import fcData, { derniersMois, type FcDataOptions } from 'fastify-fc-data'
import franceConnect, { type FranceConnectOptions } from 'fastify-franceconnect'

const TARIFS = [
  { jusque: 400, prix: 1.1 },
  { jusque: 900, prix: 2.6 },
  { jusque: Number.POSITIVE_INFINITY, prix: 4.3 }
]

/** Inscription à la cantine : le prix du repas suit le quotient familial du mois, sinon celui du mois précédent. */
export async function cantine(login: FranceConnectOptions, data: Partial<FcDataOptions>): Promise<FastifyInstance> {
  const app = Fastify()
  await app.register(franceConnect, login)
  await app.register(fcData, {
    apis: [{ name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial'] }],
    ...data
  })
  app.get(
    '/cantine',
    { preHandler: app.fcData.require('dss/quotient-familial', () => derniersMois()) },
    async (request) => {
      const { data, error } = await request.fcData.try('dss/quotient-familial', derniersMois())
      const quotient = data?.quotient_familial?.valeur
      if (quotient != null) return { quotient, prix: TARIFS.find(({ jusque }) => quotient <= jusque)?.prix }
      if (error?.remedy === 'retry') return { message: error.userMessage, formulaire: true, reessayer: '/cantine' }
      if (error) return { message: error.userMessage, formulaire: true }
      return { message: 'La CAF et la MSA ne nous ont pas donné de quotient familial.', formulaire: true }
    }
  )
  return app
}
