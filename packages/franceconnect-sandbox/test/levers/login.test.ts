import Fastify from 'fastify'
import t from 'tap'
import { startSandbox } from '../../src/index.ts'

/** A service with a login of its own: enough of one to be walked through. */
async function application(t: { teardown(end: () => unknown): unknown }, prefix = '') {
  const baseUrl = `http://localhost:3000${prefix}`
  const sandbox = await startSandbox({ port: 0, baseUrl })
  const app = Fastify()
  t.teardown(() => Promise.all([sandbox.close(), app.close()]))
  const { clientId, redirectUris } = sandbox.client
  const query = { response_type: 'code', client_id: clientId, redirect_uri: redirectUris[0]!, scope: 'openid' }
  app.get('/dossier', (_request, reply) => reply.redirect(`${baseUrl}/franceconnect/login`))
  app.get('/franceconnect/login', (_request, reply) => {
    const more = { state: 'attempt', nonce: 'n'.repeat(32), acr_values: 'eidas1' }
    reply.header('set-cookie', 'attempt=one; Path=/; HttpOnly')
    return reply.redirect(`${sandbox.issuer}/authorize?${new URLSearchParams({ ...query, ...more })}`)
  })
  app.get('/franceconnect/callback', (request, reply) => {
    const { code, state } = request.query as Record<string, string | undefined>
    if (state !== 'attempt' || !request.headers.cookie?.includes('attempt=one')) return reply.code(400).send()
    if (code === undefined) return reply.code(403).send()
    return reply.header('set-cookie', ['session=open; Path=/', 'attempt=; Path=/; Max-Age=0']).redirect('/')
  })
  return { sandbox, app }
}

t.test('a citizen logged in to an application, through its own routes', async (t) => {
  const { sandbox, app } = await application(t)
  t.same(await sandbox.login(app), { cookie: 'session=open' })
  t.same(await sandbox.login(app, 'avec_nom_dusage'), { cookie: 'session=open' })
  t.same(await sandbox.login(app, sandbox.citizens[2], { path: '/dossier', cookie: 'draft=1' }), {
    cookie: 'draft=1; session=open'
  })
})

t.test('what FranceConnect refuses is said with its reason, what the application refuses with its words', async (t) => {
  const { sandbox, app } = await application(t)
  app.get('/short-nonce', (_request, reply) => {
    const { clientId: client_id, redirectUris } = sandbox.client
    const asked = { client_id, redirect_uri: redirectUris[0]!, response_type: 'code', scope: 'openid' }
    const query = new URLSearchParams({ ...asked, state: 's', nonce: 'short', acr_values: 'eidas1' })
    return reply.redirect(`${sandbox.issuer}/authorize?${query}`)
  })
  app.get('/json', (_request, reply) => reply.code(503).send({ code: 'OUT_OF_ORDER', message: 'the store hangs' }))
  app.get('/page', (_request, reply) =>
    reply
      .code(500)
      .type('text/html')
      .send('<style>p{}</style><title>T</title><p>L&#39;&eacute;tat &amp; <b>vous</b></p>')
  )
  const reason = 'nonce de moins de 22 caractères'
  const refusal = async (path: string): Promise<unknown> =>
    sandbox.login(app, 'test', { path }).then(
      () => t.fail('logged in'),
      (error) => error
    )
  t.match(await refusal('/short-nonce'), {
    page: { status: 400, code: 'Y030007', reason },
    message:
      /page of status 400: Y030007\. Reason: nonce de moins de 22 caractères\. It says: Une erreur s’est produite/
  })
  t.match(await refusal('/json'), {
    page: { status: 503, code: 'OUT_OF_ORDER', reason: 'the store hangs' },
    message: /answered 503 and no redirect to the sandbox: OUT_OF_ORDER/
  })
  t.match(await refusal('/page'), { page: { status: 500, text: "L'&eacute;tat & vous" } })
})

t.test('an application behind a proxy that strips a path', async (t) => {
  const { sandbox, app } = await application(t, '/mairie')
  t.same(await sandbox.login(app, 'test', { path: '/dossier' }), { cookie: 'session=open' })
})

t.test('a login that cannot end says where it ended', async (t) => {
  const { sandbox, app } = await application(t)
  const refused = (message: RegExp) => ({ code: 'FST_FC_SANDBOX_LOGIN_FAILED', message })
  await t.rejects(sandbox.login(app, 'E010015'), refused(/Y010015/))
  await t.rejects(sandbox.login(app, 'test', { cancel: true }), refused(/callback, which answered 403/))
  await t.rejects(sandbox.login(app, 'test', { path: '/nowhere' }), refused(/\/nowhere .* answered 404/))
  const page = { status: 403, code: 'Y010015', text: /Une erreur s’est produite .*identité qui ne permet plus/ }
  const error = await sandbox.login(app, 'E010015').catch((refusal) => refusal)
  t.match(error, { page, message: /It says: .*identité qui ne permet plus/ })
  await t.rejects(sandbox.login(app, 'test', { cancel: true }), refused(/access_denied \(.*\) from FranceConnect/))
  await t.rejects(sandbox.login(app, 'nobody'), { code: 'FST_FC_SANDBOX_INVALID_OPTIONS' })
})
