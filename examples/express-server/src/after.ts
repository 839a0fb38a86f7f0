import { pipeline, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import session from 'express-session'
import type { FcData } from 'fastify-fc-data'
import type { FranceConnect } from 'fastify-franceconnect'
import type { Mediatheque } from './mediatheque.ts'
import { memeOrigine } from './meme-origine.ts'
import { styleBouton } from './style-bouton.ts'
import { prixPour } from './tarif.ts'

declare module 'express-session' {
  interface SessionData {
    carte: number
  }
}

export interface ServiceOptions {
  mediatheque: Mediatheque
  secret: string
  franceConnect: FranceConnect
  fcData: FcData
}

/** The library of a small town: readers with a card and a password, a session, views. */
export function buildService({ mediatheque, secret, franceConnect, fcData }: ServiceOptions): Express {
  const service = express()
  service.set('view engine', 'ejs')
  service.set('views', fileURLToPath(new URL('../views', import.meta.url)))
  service.use(session({ secret, resave: false, saveUninitialized: false, cookie: { sameSite: 'lax' } }))
  service.use(express.urlencoded({ extended: false }))
  service.use(memeOrigine)

  const lecteurDe = (request: Request) => {
    const login = request.franceConnect
    if (login == null) return mediatheque.lecteur(request.session.carte)
    // whoever had this browser before, with a card, is not there any more
    delete request.session.carte
    const { given_name, family_name } = login.userInfo
    return mediatheque.lecteurDuSub(login.sub, [given_name, family_name].join(' '))
  }
  const acces = { bouton: franceConnect.button({ returnTo: '/prets' }), styleBouton }
  const connecte = (request: Request, response: Response, next: NextFunction) => {
    const lecteur = lecteurDe(request)
    if (lecteur === undefined) return response.redirect('/')
    response.locals.lecteur = lecteur
    next()
  }

  service.get('/', (request, response) => {
    if (lecteurDe(request) !== undefined) return response.redirect('/prets')
    response.render('accueil', { erreur: null, ...acces })
  })

  service.post('/connexion', (request, response, next) => {
    const { carte = '', motdepasse = '' } = request.body as { carte?: string; motdepasse?: string }
    const lecteur = mediatheque.lecteurDuMotDePasse(Number(carte), motdepasse)
    if (lecteur === undefined) {
      return response.status(401).render('accueil', { erreur: 'Carte ou mot de passe inconnus.', ...acces })
    }
    request.session.regenerate((error) => {
      if (error) return next(error)
      request.session.carte = lecteur.carte
      response.redirect('/prets')
    })
  })

  service.get('/prets', connecte, (request, response) => {
    const { lecteur } = response.locals
    const tarif = request.franceConnect != null
    response.render('prets', { lecteur, prets: mediatheque.prets(lecteur.carte), tarif })
  })

  service.post('/prets/:id/prolonger', connecte, (request, response) => {
    mediatheque.prolonger(response.locals.lecteur.carte, Number(request.params.id))
    response.redirect('/prets')
  })

  service.get('/prets.csv', connecte, (_request, response, next) => {
    const lignes = mediatheque.prets(response.locals.lecteur.carte).map(({ titre, retour }) => {
      return `"${titre}";${retour.toISOString().slice(0, 10)}\n`
    })
    pipeline(Readable.from(lignes), response.type('csv'), (error) => error && next(error))
  })

  service.get('/tarif', fcData.require('dss/quotient-familial'), async (request, response) => {
    const { data } = await request.fcData.try('dss/quotient-familial')
    const quotient = data?.quotient_familial?.valeur ?? null
    response.render('tarif', { quotient, prix: prixPour(quotient) })
  })

  service.post('/deconnexion', (request, response, next) => {
    request.session.destroy((error) => {
      if (error) return next(error)
      if (request.franceConnect != null) return franceConnect.logout(request, response).catch(next)
      response.redirect('/')
    })
  })

  service.use((_request, response) => response.status(404).render('introuvable'))
  return service
}
