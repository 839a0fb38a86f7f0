import { pipeline, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import session from 'express-session'
import type { Mediatheque } from './mediatheque.ts'
import { memeOrigine } from './meme-origine.ts'

declare module 'express-session' {
  interface SessionData {
    carte: number
  }
}

export interface ServiceOptions {
  mediatheque: Mediatheque
  secret: string
}

/** The library of a small town: readers with a card and a password, a session, views. */
export function buildService({ mediatheque, secret }: ServiceOptions): Express {
  const service = express()
  service.set('view engine', 'ejs')
  service.set('views', fileURLToPath(new URL('../views', import.meta.url)))
  service.use(session({ secret, resave: false, saveUninitialized: false, cookie: { sameSite: 'lax' } }))
  service.use(express.urlencoded({ extended: false }))
  service.use(memeOrigine)

  const lecteurDe = (request: Request) => {
    return mediatheque.lecteur(request.session.carte)
  }
  const connecte = (request: Request, response: Response, next: NextFunction) => {
    const lecteur = lecteurDe(request)
    if (lecteur === undefined) return response.redirect('/')
    response.locals.lecteur = lecteur
    next()
  }

  service.get('/', (request, response) => {
    if (lecteurDe(request) !== undefined) return response.redirect('/prets')
    response.render('accueil', { erreur: null })
  })

  service.post('/connexion', (request, response, next) => {
    const { carte = '', motdepasse = '' } = request.body as { carte?: string; motdepasse?: string }
    const lecteur = mediatheque.lecteurDuMotDePasse(Number(carte), motdepasse)
    if (lecteur === undefined) {
      return response.status(401).render('accueil', { erreur: 'Carte ou mot de passe inconnus.' })
    }
    request.session.regenerate((error) => {
      if (error) return next(error)
      request.session.carte = lecteur.carte
      response.redirect('/prets')
    })
  })

  service.get('/prets', connecte, (_request, response) => {
    const { lecteur } = response.locals
    response.render('prets', { lecteur, prets: mediatheque.prets(lecteur.carte) })
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

  service.post('/deconnexion', (request, response, next) => {
    request.session.destroy((error) => {
      if (error) return next(error)
      response.redirect('/')
    })
  })

  service.use((_request, response) => response.status(404).render('introuvable'))
  return service
}
