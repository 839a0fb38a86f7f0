import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import session from 'express-session'
import { Passport } from 'passport'
import OpenIDConnectStrategy from 'passport-openidconnect'
import t from 'tap'
import { type Sandbox, startSandbox } from '../../src/index.ts'
import { journey, userinfoOf } from './journey.ts'

interface User {
  idToken: string
  family_name: unknown
}

/** passport-openidconnect sends a nonce of 20 characters, FranceConnect wants 22. */
class Strategy extends OpenIDConnectStrategy {
  override authorizationParams(): { nonce: string } {
    return { nonce: randomBytes(32).toString('hex') }
  }
}

/** An Express service with Passport. Its userinfo is read apart: Passport expects JSON, FranceConnect signs it. */
function service(origin: string, { issuer, client }: Sandbox) {
  const { clientId, clientSecret } = client
  const passport = new Passport()
  const strategy = new Strategy(
    {
      issuer,
      authorizationURL: `${issuer}/authorize`,
      tokenURL: `${issuer}/token`,
      userInfoURL: `${issuer}/userinfo`,
      clientID: clientId,
      clientSecret,
      callbackURL: `${origin}/franceconnect/callback`,
      scope: ['given_name', 'family_name'],
      acrValues: 'eidas1',
      skipUserProfile: true
    },
    (
      _issuer: string,
      _profile: OpenIDConnectStrategy.Profile,
      _context: object,
      idToken: string | object,
      accessToken: string | object,
      _refreshToken: string,
      done: OpenIDConnectStrategy.VerifyCallback
    ) => {
      userinfoOf(issuer, String(accessToken), clientId)
        .then(({ family_name }) => done(null, { idToken: String(idToken), family_name }))
        .catch(done)
    }
  )
  passport.use('franceconnect', strategy)
  passport.serializeUser((user, done) => done(null, user))
  passport.deserializeUser((user: User, done) => done(null, user))

  const app = express()
  app.use(session({ secret: randomBytes(16).toString('hex'), resave: false, saveUninitialized: false }))
  app.use(passport.session())
  app.get('/login', passport.authenticate('franceconnect'))
  app.get('/franceconnect/callback', passport.authenticate('franceconnect', { successRedirect: '/' }))
  app.get('/logout', (request, response, next) => {
    const hint = { id_token_hint: (request.user as User).idToken, state: 'bye' }
    const query = new URLSearchParams({ ...hint, post_logout_redirect_uri: `${origin}/franceconnect/logout/callback` })
    request.logout((error) => (error ? next(error) : response.redirect(`${issuer}/session/end?${query}`)))
  })
  app.get('/', (request, response) => {
    response.json({ family_name: (request.user as User | undefined)?.family_name ?? null })
  })
  return app
}

t.test('passport-openidconnect, in Express, logs in and out', async (t) => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  t.teardown(() => server.close())
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const sandbox = await startSandbox({ port: 0, baseUrl: origin })
  t.teardown(() => sandbox.close())
  server.on('request', service(origin, sandbox))

  const visit = journey(sandbox, origin)
  t.equal((await visit.logIn('/login')).text, '{"family_name":"DUBOIS"}')
  const back = await visit.logOut('/logout')
  t.equal(back.href, `${origin}/franceconnect/logout/callback?state=bye`)
  t.equal((await visit.open('/')).text, '{"family_name":null}')
  t.equal(await visit.isAsked('/login'), true, 'logged out at FranceConnect too')
})
