import type { FastifyInstance } from 'fastify'
import { isFcDataError } from 'fastify-fc-data'

export const BASE = 'http://localhost:3000'

/** The pages of a service that shows a quotient. */
export function quotient(app: FastifyInstance): void {
  app.get('/', async () => ({ home: true }))
  app.get('/qf', async (request) => {
    const { data, meta, error } = await request.fcData.try('dss/quotient-familial')
    return error ? { code: error.code, retryAfter: error.retryAfter } : { data, held: meta.held }
  })
  app.get('/dossier', { preHandler: app.fcData.require('dss/quotient-familial') }, async (request) => {
    try {
      const { data, meta } = await request.fcData('dss/quotient-familial')
      return { data, held: meta.held }
    } catch (error) {
      if (isFcDataError(error)) return { code: error.code }
      throw error
    }
  })
}
