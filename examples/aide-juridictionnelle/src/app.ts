import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyServerOptions } from 'fastify'
import fcData, { type FcDataOptions } from 'fastify-fc-data'
import franceConnect, { type FranceConnectOptions } from 'fastify-franceconnect'
import { type Dossiers, dossiersEnMemoire } from './dossiers.ts'
import { incidentFranceConnect, pagesIncident } from './incidents.ts'
import { apis } from './lectures.ts'
import { routesAccueil } from './routes/accueil.ts'
import { routesAccuse } from './routes/accuse.ts'
import { routesDemande } from './routes/demande.ts'
import { couleursSombres } from './sombre.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** Sends a page that nobody keeps: it may hold a citizen's data. */
    html(page: string): FastifyReply
  }
}

export interface AppOptions {
  /** Settings of fastify-franceconnect: the sandbox's, or those of your habilitation. */
  readonly franceConnect: FranceConnectOptions
  /** Credentials and addresses of the data providers, as fastify-fc-data takes them. */
  readonly providers: FcDataOptions['providers']
  readonly dossiers?: Dossiers
  readonly logger?: FastifyServerOptions['logger']
}

/** The State's design system, as published; only what pages use is served. */
const dsfr = dirname(createRequire(import.meta.url).resolve('@gouvfr/dsfr/dist/dsfr.min.css'))
const feuilles = fileURLToPath(new URL('../public', import.meta.url))
const servis = /^\/(dsfr\.min\.css|utility\/icons\/[\w/-]+\.main\.min\.css|(fonts|icons|favicon)\/[\w./-]+)$/

/** The identité pivot, which every data provider needs, and the usual name to greet people by. */
const identite = 'openid given_name family_name preferred_username birthdate gender birthplace birthcountry'

/** The whole démarche, ready to listen. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({ logger: options.logger ?? false, bodyLimit: 65_536 })
  app.decorateReply('html', function (this: FastifyReply, page: string) {
    return this.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page)
  })
  pagesIncident(app)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"]
      }
    }
  })
  await app.register(formbody)
  await app.register(fastifyStatic, {
    root: dsfr,
    prefix: '/dsfr/',
    maxAge: '1d',
    allowedPath: (path) => servis.test(path)
  })
  const sombre = couleursSombres(join(dsfr, 'dsfr.min.css'))
  app.get('/dsfr/sombre.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=86400').send(sombre)
  )
  await app.register(fastifyStatic, { root: feuilles, prefix: '/public/', decorateReply: false })
  await app.register(franceConnect, { scope: identite, ...options.franceConnect, onError: incidentFranceConnect })
  await app.register(fcData, { apis, providers: options.providers })
  const dossiers = options.dossiers ?? dossiersEnMemoire()
  routesAccueil(app)
  routesDemande(app, dossiers, String(options.franceConnect.baseUrl))
  routesAccuse(app, dossiers)
  return app
}
