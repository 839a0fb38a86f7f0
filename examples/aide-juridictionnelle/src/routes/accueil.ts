import type { FastifyInstance, FastifyRequest } from 'fastify'
import { identiteCertifiee } from '../identite.ts'
import { pageAccueil } from '../pages/accueil.ts'
import { obligations, pageObligation } from '../pages/obligations.ts'

const connecte = ({ franceConnect: login }: FastifyRequest) =>
  login === null ? undefined : identiteCertifiee(login).nomAffiche

export function routesAccueil(app: FastifyInstance): void {
  app.get('/', async (request, reply) =>
    reply.html(pageAccueil({ bouton: app.franceConnect.button({ returnTo: '/demande' }), connecte: connecte(request) }))
  )
  for (const [adresse, obligation] of Object.entries(obligations)) {
    app.get(adresse, async (request, reply) => reply.html(pageObligation(obligation, connecte(request))))
  }
}
