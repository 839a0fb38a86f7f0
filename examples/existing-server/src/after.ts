import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import session from '@fastify/session'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import franceConnect, { type FranceConnectOptions } from 'fastify-franceconnect'
import { type Base, verifierMotDePasse } from './base.ts'
import { compteDe } from './comptes.ts'
import { associer, pageConnexion, pageEspace } from './pages.ts'

declare module 'fastify' {
  interface Session {
    usager?: number
    association?: boolean
  }
}

export interface AppOptions {
  base: Base
  secret: string
  franceConnect: FranceConnectOptions
}

/** School meals of a small town: accounts with a password, a session, three pages. */
export async function buildApp({ base, secret, franceConnect: options }: AppOptions) {
  const app = Fastify()
  await app.register(cookie)
  await app.register(session, { secret, cookie: { secure: 'auto', sameSite: 'lax' }, saveUninitialized: false })
  await app.register(formbody)
  await app.register(franceConnect, {
    ...options,
    onLogin: (request, _reply, login) => {
      const { usager, association } = request.session
      request.session.usager = compteDe(base, login, association ? usager : undefined)
      request.session.association = false
    }
  })

  const connecte = async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.session.usager === undefined) return reply.redirect('/')
  }

  app.get('/', async (_request, reply) => {
    return reply
      .type('text/html; charset=utf-8')
      .send(pageConnexion({ bouton: app.franceConnect.button({ returnTo: '/mon-espace' }) }))
  })

  app.post<{ Body: { courriel?: string; motdepasse?: string } }>('/connexion', async (request, reply) => {
    const { courriel = '', motdepasse = '' } = request.body
    const compte = base.ligne<{ id: number; motdepasse: string }>(
      'SELECT id, motdepasse FROM usagers WHERE courriel = ? AND motdepasse IS NOT NULL',
      [courriel]
    )
    if (compte === undefined || !verifierMotDePasse(motdepasse, compte.motdepasse)) {
      const page = pageConnexion({ erreur: 'Adresse ou mot de passe inconnus.' })
      return reply.code(401).type('text/html; charset=utf-8').send(page)
    }
    await request.session.regenerate()
    request.session.usager = compte.id
    return reply.redirect('/mon-espace')
  })

  app.get('/mon-espace', { preHandler: connecte }, async (request, reply) => {
    const { usager = 0 } = request.session
    const nom = base.ligne<{ nom: string }>('SELECT nom FROM usagers WHERE id = ?', [usager])?.nom ?? ''
    const enfants = base.lignes<{ enfant: string }>('SELECT enfant FROM inscriptions WHERE usager = ?', [usager])
    const suite = request.franceConnect === null ? associer : ''
    const page = pageEspace({ nom, enfants: enfants.map(({ enfant }) => enfant), suite })
    return reply.type('text/html; charset=utf-8').send(page)
  })

  app.post<{ Body: { enfant?: string } }>('/inscriptions', { preHandler: connecte }, async (request, reply) => {
    const { enfant = '' } = request.body
    base.ecrire('INSERT INTO inscriptions (usager, enfant) VALUES (?, ?)', [
      request.session.usager ?? 0,
      enfant.slice(0, 80)
    ])
    return reply.redirect('/mon-espace')
  })

  app.post('/mon-espace/associer', { preHandler: connecte }, async (request, reply) => {
    request.session.association = true
    return app.franceConnect.login(request, reply, { returnTo: '/mon-espace' })
  })

  app.post('/deconnexion', async (request, reply) => {
    if (request.franceConnect !== null) return app.franceConnect.logout(request, reply)
    await request.session.destroy()
    return reply.redirect('/')
  })

  return app
}
