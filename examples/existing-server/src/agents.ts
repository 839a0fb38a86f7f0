import type { FastifyInstance } from 'fastify'
import type { Base } from './base.ts'
import { type Compte, colonnes, compteNumero } from './comptes.ts'
import { formulaire } from './formulaire.ts'
import { pageAgents, pageMessage } from './pages.ts'

export interface AgentsOptions {
  base: Base
  /** Deletes an account, with what it opened. */
  supprimer(usager: number): Promise<void>
}

const etats = ['ouvert', 'ferme', 'refuse']

/** For the town's own staff: open, close, refuse or delete an account. */
export async function agents(app: FastifyInstance, { base, supprimer }: AgentsOptions): Promise<void> {
  app.addHook('preHandler', async (request, reply) => {
    const compte = compteNumero(base, request.session.usager)
    if (compte?.agent === 1 && compte.etat === 'ouvert') return
    const page = pageMessage('Page réservée aux agents', 'Connectez-vous avec un compte d’agent de la mairie.')
    return reply.code(403).type('text/html; charset=utf-8').send(page)
  })

  app.get('/agents', async (_request, reply) => {
    const comptes = base.lignes<Compte>(`SELECT ${colonnes} FROM usagers WHERE agent = 0 ORDER BY nom`)
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(pageAgents(comptes))
  })

  app.post<{ Body: { usager?: string; etat?: string } }>(
    '/agents/etat',
    { schema: formulaire('usager', 'etat') },
    async (request, reply) => {
      const { usager = '', etat = '' } = request.body
      if (etats.includes(etat))
        base.ecrire('UPDATE usagers SET etat = ? WHERE id = ? AND agent = 0', [etat, Number(usager)])
      return reply.redirect('/agents')
    }
  )

  app.post<{ Body: { usager?: string } }>(
    '/agents/supprimer',
    { schema: formulaire('usager') },
    async (request, reply) => {
      const compte = compteNumero(base, Number(request.body.usager))
      if (compte?.agent === 0) await supprimer(compte.id)
      return reply.redirect('/agents')
    }
  )
}
