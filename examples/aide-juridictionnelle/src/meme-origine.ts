import type { FastifyReply, FastifyRequest } from 'fastify'
import { pageIncident } from './pages/incident.ts'

/**
 * A hook for what changes something: a form of this site alone may send it. Browsers say where a form comes from in
 * `Sec-Fetch-Site`, older ones in `Origin`; `SameSite=Lax` alone lets another site send a form of a stranger.
 */
export function memeOrigine(baseUrl: string) {
  const { origin } = new URL(baseUrl)
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { 'sec-fetch-site': site, origin: depuis } = request.headers
    if (site === undefined ? depuis === undefined || depuis === origin : site === 'same-origin' || site === 'none')
      return
    return reply.code(403).html(
      pageIncident({
        titre: 'Cette demande ne vient pas de ce site',
        explication: 'Un autre site a essayé d’envoyer ce formulaire à votre place. Rien n’a été enregistré.',
        genre: 'error',
        suites: [{ libelle: 'Revenir à l’accueil', adresse: '/' }]
      })
    )
  }
}
