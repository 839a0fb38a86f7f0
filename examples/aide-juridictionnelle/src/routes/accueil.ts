import type { FastifyInstance } from 'fastify'
import { identiteCertifiee } from '../identite.ts'
import { pageAccueil } from '../pages/accueil.ts'

export function routesAccueil(app: FastifyInstance): void {
  app.get('/', async (request, reply) => {
    const login = request.franceConnect
    const connecte = login === null ? undefined : identiteCertifiee(login).nomAffiche
    return reply.html(pageAccueil({ bouton: app.franceConnect.button({ returnTo: '/demande' }), connecte }))
  })
}
