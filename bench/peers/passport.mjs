// passport-openidconnect on express-session. It reads a JSON userinfo only, which FranceConnect does not send, and verifies
// no signature.
import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'
import passport from 'passport'
import OpenIDConnectStrategy from 'passport-openidconnect'

const { PORT, BASE_URL, ISSUER, CLIENT_ID, CLIENT_SECRET, DATA_BASE, SESSION_SECRET } = process.env

passport.use(
  'fc',
  new OpenIDConnectStrategy(
    {
      issuer: ISSUER,
      authorizationURL: `${ISSUER}/authorize`,
      tokenURL: `${ISSUER}/token`,
      userInfoURL: `${ISSUER}/userinfo`,
      clientID: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      callbackURL: `${BASE_URL}/callback`,
      scope: ['given_name', 'family_name', 'email'],
      nonce: true,
      acrValues: 'eidas1'
    },
    (_issuer, uiProfile, _idProfile, _context, idToken, accessToken, _refreshToken, _params, cb) =>
      cb(null, { claims: uiProfile._json, idToken, accessToken })
  )
)
passport.serializeUser((user, cb) => cb(null, user))
passport.deserializeUser((user, cb) => cb(null, user))

const app = express()
app.use(session({ secret: SESSION_SECRET, resave: false, saveUninitialized: false }))
app.use(passport.authenticate('session'))
app.get('/login', passport.authenticate('fc'))
app.get('/callback', passport.authenticate('fc', { failureRedirect: '/login', failureMessage: true }), (_req, res) =>
  res.redirect('/')
)
app.get('/me', (req, res) =>
  req.user ? res.json(req.user.claims) : res.status(401).json({ error: 'unauthenticated' })
)
app.get('/data/:n', async (req, res) => {
  if (!req.user) return res.status(401).json({ error: 'unauthenticated' })
  const r = await fetch(`${DATA_BASE}/${req.params.n}`, {
    headers: { authorization: `Bearer ${req.user.accessToken}` }
  })
  if (!r.ok) return res.status(502).json({ error: r.status })
  res.json(await r.json())
})
app.get('/logout', (req, res, next) => {
  const u = new URL(`${ISSUER}/session/end`)
  u.searchParams.set('id_token_hint', req.user.idToken)
  u.searchParams.set('state', randomBytes(16).toString('base64url'))
  u.searchParams.set('post_logout_redirect_uri', BASE_URL)
  req.logout((err) => (err ? next(err) : res.redirect(u.href)))
})
app.listen(+PORT, '127.0.0.1', 4096, () => console.log('READY'))
