import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ComptesFranceConnect, nomDe } from './comptes-franceconnect.ts'
import { formulaire } from './formulaire.ts'
import { pageAssociation } from './pages.ts'

declare module 'fastify' {
  interface Session {
    /** Account of the password with which this browser was logged in, until the citizen has said whose it is. */
    aAssocier?: number | undefined
  }
}

/**
 * Asks whether the identity that FranceConnect gave and the account of the password are one person. Nothing is tied
 * before: a session left open by somebody else would be enough to take the account over, hence the password once more.
 */
export async function association(app: FastifyInstance, { comptes }: { comptes: ComptesFranceConnect }): Promise<void> {
  const enAttente = (request: FastifyRequest) => {
    const login = request.franceConnect
    const compte = comptes.associable(request.session.aAssocier)
    return login === null || compte === undefined ? null : { login, compte }
  }

  const ouvrir = (request: FastifyRequest, reply: FastifyReply, usager: number) => {
    request.session.aAssocier = undefined
    request.session.usager = usager
    return reply.redirect('/mon-espace')
  }

  /** An account of their own: nothing is to be tied, or no longer. */
  const garder = (request: FastifyRequest, reply: FastifyReply) => {
    const login = request.franceConnect
    if (login === null || request.session.aAssocier === undefined) return reply.redirect('/')
    return ouvrir(request, reply, comptes.ouvrir(login))
  }

  const demander = (request: FastifyRequest, reply: FastifyReply, erreur?: string) => {
    const attente = enAttente(request)
    if (attente === null) return garder(request, reply)
    const { login, compte } = attente
    const page = pageAssociation({ identite: nomDe(login), compte: compte.nom, erreur })
    return reply
      .code(erreur === undefined ? 200 : 401)
      .type('text/html; charset=utf-8')
      .send(page)
  }

  app.get('/association', async (request, reply) => demander(request, reply))

  app.post<{ Body: { motdepasse?: string } }>(
    '/association',
    { schema: formulaire('motdepasse') },
    async (request, reply) => {
      const attente = enAttente(request)
      if (attente === null) return garder(request, reply)
      const { login, compte } = attente
      if (!(await comptes.associer(login, compte.id, request.body.motdepasse ?? '')))
        return demander(request, reply, 'Mot de passe inconnu.')
      return ouvrir(request, reply, compte.id)
    }
  )

  app.post('/association/refuser', async (request, reply) => garder(request, reply))
}
