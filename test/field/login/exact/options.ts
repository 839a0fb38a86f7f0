import Fastify from 'fastify'
import franceConnect, { type FranceConnectOptions, type LoginOptions } from 'fastify-franceconnect'

const { env } = process
const whole = (name: string) => (env[name] === undefined ? undefined : Number(env[name]))
const text = (name: string): string | undefined => env[name]

/** Compiled alone: whatever the environment leaves out may be handed on as it is. */
export const options: FranceConnectOptions = {
  issuer: text('FC_ISSUER'),
  clientId: text('FC_CLIENT_ID'),
  clientSecret: text('FC_CLIENT_SECRET'),
  baseUrl: text('BASE_URL'),
  secret: text('SECRET'),
  scope: text('SCOPE'),
  defaultReturnTo: text('HOME'),
  postLogoutReturnTo: text('HOME'),
  sessionMaxAge: whole('MAX_AGE'),
  idleTimeout: whole('IDLE'),
  timeout: whole('TIMEOUT'),
  clockTolerance: whole('TOLERANCE'),
  serviceName: text('NAME'),
  buttonLogo: text('LOGO'),
  routes: { login: text('LOGIN') },
  session: { cookieName: text('COOKIE'), store: undefined },
  onLogin: undefined,
  onError: undefined
}

export const login: LoginOptions = { returnTo: text('PAGE'), scope: text('SCOPE'), idpHint: text('HINT') }

export async function start() {
  const app = Fastify()
  await app.register(franceConnect, options)
  app.get('/', { preHandler: app.franceConnect.requireLogin({ acrValues: undefined }) }, (request, reply) =>
    app.franceConnect.logout(request, reply, { returnTo: text('PAGE') })
  )
  return app
}
