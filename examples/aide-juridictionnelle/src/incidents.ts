import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Incident, pageIncident } from './pages/incident.ts'

const accueil = { libelle: 'Revenir à l’accueil', adresse: '/' }
const aLaMain = { libelle: 'Remplir sans FranceConnect', adresse: '/demande/sans-franceconnect' }

/** What fastify-franceconnect's errors carry besides Fastify's. */
interface ErreurFranceConnect extends FastifyError {
  readonly userMessage?: string
  readonly loginUrl?: string
}

function incident(erreur: ErreurFranceConnect): Incident {
  if (erreur.code === 'FST_FC_LOGOUT_REFUSED') {
    return {
      titre: 'Voulez-vous vous déconnecter ?',
      explication: 'La demande de déconnexion ne venait pas de ce site : vous êtes toujours connecté.',
      suites: [{ libelle: 'Se déconnecter', adresse: '/franceconnect/logout' }, accueil]
    }
  }
  return {
    titre: 'La connexion n’a pas abouti',
    explication: `${erreur.userMessage ?? 'Un incident est survenu.'} Rien n’a été envoyé.`,
    suites: [
      ...(erreur.loginUrl === undefined ? [] : [{ libelle: 'Réessayer', adresse: erreur.loginUrl }]),
      aLaMain,
      accueil
    ]
  }
}

/** In place of the plugin's own pages: a citizen who leaves FranceConnect lands on the form to fill by hand. */
export function incidentFranceConnect(erreur: Error, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, statusCode = 500 } = erreur as ErreurFranceConnect
  if (code === 'FST_FC_LOGIN_REFUSED') return reply.redirect('/demande/sans-franceconnect?motif=annulation', 303)
  return reply.code(statusCode).html(pageIncident(incident(erreur as ErreurFranceConnect)))
}

/** Pages for what is not there and for what fails: never a stack, never a citizen's data. */
export function pagesIncident(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).html(
      pageIncident({
        titre: 'Page introuvable',
        explication: 'Cette adresse ne mène à rien.',
        genre: 'info',
        suites: [accueil]
      })
    )
  )
  app.setErrorHandler<FastifyError>((erreur, request, reply) => {
    const statut = erreur.statusCode ?? 500
    if (statut >= 500) request.log.error(erreur)
    return reply.code(statut).html(
      pageIncident({
        titre: 'Un incident est survenu',
        explication: 'Votre demande n’a pas pu être traitée. Réessayez dans quelques minutes.',
        genre: 'error',
        suites: [accueil, aLaMain]
      })
    )
  })
}
