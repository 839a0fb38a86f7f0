import type { FastifyInstance } from 'fastify'
import type { Dossiers } from '../dossiers.ts'
import { identiteCertifiee } from '../identite.ts'
import { pageAccuse } from '../pages/accuse.ts'
import { pageIncident } from '../pages/incident.ts'

declare module 'fastify' {
  interface Session {
    /** References of the applications that this browser sent without FranceConnect. */
    demandes?: string[]
  }
}

/** The acknowledgment, for whoever sent the application: the same person at FranceConnect, or the same browser. */
export function routesAccuse(app: FastifyInstance, dossiers: Dossiers): void {
  app.get<{ Params: { reference: string } }>('/demande/:reference', async (request, reply) => {
    const { reference } = request.params
    const dossier = await dossiers.trouver(reference)
    const login = request.franceConnect
    const permis =
      dossier !== undefined &&
      (dossier.proprietaire === null
        ? request.session.demandes?.includes(reference)
        : dossier.proprietaire === login?.sub)
    if (dossier === undefined || !permis) {
      return reply.code(404).html(
        pageIncident({
          titre: 'Demande introuvable',
          explication:
            'Aucune demande de cette référence n’est à vous. Si vous l’avez envoyée avec FranceConnect, connectez-vous de nouveau.',
          suites: [
            {
              libelle: 'Se connecter',
              adresse: `/franceconnect/login?returnTo=/demande/${encodeURIComponent(reference)}`
            },
            { libelle: 'Revenir à l’accueil', adresse: '/' }
          ]
        })
      )
    }
    return reply.html(pageAccuse(dossier, login === null ? undefined : identiteCertifiee(login).nomAffiche))
  })
}
