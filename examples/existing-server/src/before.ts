import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import session from '@fastify/session'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { agents } from './agents.ts'
import type { Base } from './base.ts'
import { compteDuMotDePasse, compteNumero, supprimerCompte } from './comptes.ts'
import { formulaire } from './formulaire.ts'
import { memeOrigine } from './meme-origine.ts'
import { pageAuRevoir, pageConnexion, pageEspace, pageFermee, pageRefusee } from './pages.ts'

declare module 'fastify' {
  interface Session {
    usager?: number | undefined
  }
}

export interface AppOptions {
  base: Base
  secret: string
}

const html = 'text/html; charset=utf-8'

/** School meals of a small town: accounts with a password, a session, a few pages. */
export async function buildApp({ base, secret }: AppOptions) {
  const app = Fastify()
  await app.register(cookie)
  await app.register(session, { secret, cookie: { secure: 'auto', sameSite: 'lax' }, saveUninitialized: false })
  await app.register(formbody)
  app.addHook('onRequest', memeOrigine)

  const sortir = async (request: FastifyRequest, reply: FastifyReply, returnTo = '/') => {
    await request.session.destroy()
    return reply.redirect(returnTo)
  }
  const connecte = async (request: FastifyRequest, reply: FastifyReply) => {
    const compte = compteNumero(base, request.session.usager)
    if (compte?.etat !== 'ouvert') return sortir(request, reply, compte === undefined ? '/' : '/compte-ferme')
    reply.header('cache-control', 'no-store')
  }
  const personne = async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.session.usager !== undefined) return reply.redirect('/mon-espace')
  }
  const supprimer = async (usager: number) => {
    supprimerCompte(base, usager)
  }
  await app.register(agents, { base, supprimer })

  app.get('/', { preHandler: personne }, async (_request, reply) => {
    return reply.type(html).send(pageConnexion({}))
  })

  app.post<{ Body: { courriel?: string; motdepasse?: string } }>(
    '/connexion',
    { preHandler: personne, schema: formulaire('courriel', 'motdepasse') },
    async (request, reply) => {
      const { courriel = '', motdepasse = '' } = request.body
      const compte = await compteDuMotDePasse(base, courriel, motdepasse)
      if (compte === undefined) {
        const page = pageConnexion({ erreur: 'Adresse ou mot de passe inconnus.' })
        return reply.code(401).type(html).send(page)
      }
      if (compte.etat === 'ferme') return reply.redirect('/compte-ferme')
      if (compte.etat === 'refuse') return reply.code(403).type(html).send(pageRefusee)
      await request.session.regenerate()
      request.session.usager = compte.id
      return reply.redirect('/mon-espace')
    }
  )

  app.get('/mon-espace', { preHandler: connecte }, async (request, reply) => {
    const { usager = 0 } = request.session
    const nom = compteNumero(base, usager)?.nom ?? ''
    const enfants = base.lignes<{ enfant: string }>('SELECT enfant FROM inscriptions WHERE usager = ?', [usager])
    const page = pageEspace({ nom, enfants: enfants.map(({ enfant }) => enfant) })
    return reply.type(html).send(page)
  })

  const inscription = { preHandler: connecte, schema: formulaire('enfant') }
  app.post<{ Body: { enfant?: string } }>('/inscriptions', inscription, async (request, reply) => {
    const { usager = 0 } = request.session
    const { enfant = '' } = request.body
    base.ecrire('INSERT INTO inscriptions (usager, enfant) VALUES (?, ?)', [usager, enfant.slice(0, 80)])
    return reply.redirect('/mon-espace')
  })

  app.post('/mon-espace/supprimer', { preHandler: connecte }, async (request, reply) => {
    await supprimer(request.session.usager ?? 0)
    return sortir(request, reply, '/au-revoir')
  })

  app.post('/deconnexion', async (request, reply) => sortir(request, reply))
  app.get('/compte-ferme', async (_request, reply) => reply.type(html).send(pageFermee))
  app.get('/au-revoir', async (_request, reply) => reply.type(html).send(pageAuRevoir))

  return app
}
