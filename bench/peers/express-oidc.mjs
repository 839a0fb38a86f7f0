// express-openid-connect: session in an encrypted cookie (its default), userinfo asked in afterCallback. It verifies neither
// the signature of the ID Token nor that of userinfo.
import express from 'express'
import eoidc from 'express-openid-connect'

const { auth } = eoidc
const { PORT, BASE_URL, ISSUER, CLIENT_ID, CLIENT_SECRET, DATA_BASE, SESSION_SECRET } = process.env

const app = express()
app.use(
  auth({
    authRequired: false,
    idpLogout: true,
    issuerBaseURL: ISSUER,
    baseURL: BASE_URL,
    clientID: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    secret: SESSION_SECRET,
    clientAuthMethod: 'client_secret_post',
    idTokenSigningAlg: 'ES256',
    authorizationParams: {
      response_type: 'code',
      response_mode: 'query',
      scope: 'openid given_name family_name email',
      acr_values: 'eidas1'
    },
    afterCallback: async (req, _res, session) => ({ ...session, userinfo: await req.oidc.fetchUserInfo() })
  })
)
app.get('/me', (req, res) => {
  if (!req.oidc.isAuthenticated()) return res.status(401).json({ error: 'unauthenticated' })
  res.json(req.appSession.userinfo)
})
app.get('/data/:n', async (req, res) => {
  if (!req.oidc.isAuthenticated()) return res.status(401).json({ error: 'unauthenticated' })
  const { token_type, access_token } = req.oidc.accessToken
  const r = await fetch(`${DATA_BASE}/${req.params.n}`, { headers: { authorization: `${token_type} ${access_token}` } })
  if (!r.ok) return res.status(502).json({ error: r.status })
  res.json(await r.json())
})
app.get('/', (_req, res) => res.send('ok'))
app.listen(+PORT, '127.0.0.1', 4096, () => console.log('READY'))
