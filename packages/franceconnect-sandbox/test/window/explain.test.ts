import { readFileSync } from 'node:fs'
import t from 'tap'
import { dataStatuses, redirectErrors } from '../../src/window/explain-answers.ts'
import { explanations } from '../../src/window/explain-codes.ts'
import type { JourneyView, Snapshot } from '../../src/window/view.ts'
import { authorizeUrl, withService } from './service.ts'
import { snapshotOf } from './stream.ts'

const codesIn = (file: string) =>
  readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8').match(/Y[0-9A-F]{6,7}/g) ?? []

/** Said of everything and of nothing: no advice of its own. */
const vague = new Set(['Y000000', 'Y040001', 'Y030', 'Y04'])

t.test('every code that the sandbox answers with is explained', async (t) => {
  const codes = new Set([
    ...codesIn('platform/engine/engine-codes.ts'),
    ...codesIn('platform/engine/engine-error.ts'),
    ...codesIn('pages/page-error.ts')
  ])
  t.ok(codes.size > 40)
  for (const code of codes) if (!vague.has(code)) t.ok(explanations[code], code)
  for (const { why, change } of [
    ...Object.values(explanations),
    ...Object.values(redirectErrors),
    ...Object.values(dataStatuses)
  ]) {
    t.match(why, /^\p{Lu}.*[.)]$/u)
    t.match(change, /^\p{L}.*[.)]$/u)
  }
})

t.test('refusals as a developer meets them: why, and what to change', async (t) => {
  const { sandbox, app, address } = await withService(t)
  const last = async (): Promise<JourneyView> => (await snapshotOf(address('/window/events'))).journeys.at(-1)!
  const why = async () => {
    const { steps, state } = await last()
    return { state, ...steps.find(({ explanation }) => explanation)?.explanation }
  }
  const post = (route: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(sandbox.issuer + route, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' })
  const codeOf = async () => new URL(await sandbox.authorize(authorizeUrl(sandbox))).searchParams.get('code')!
  const { clientId: client_id, clientSecret: client_secret, redirectUris } = sandbox.client
  const good = { client_id, client_secret, redirect_uri: redirectUris[0]!, grant_type: 'authorization_code' }

  await fetch(authorizeUrl(sandbox, { code_challenge: 'x' }))
  t.match(await why(), { state: 'refused', why: /^Y030007 : .*code_challenge/, change: /Pas de PKCE/ })
  await fetch(authorizeUrl(sandbox, { redirect_uri: 'http://localhost:9999/retour' }))
  t.match(await why(), {
    why: /Reçue : http:\/\/localhost:9999\/retour\. Déclarées : .*callback/,
    change: /--base-url/
  })
  await fetch(authorizeUrl(sandbox, { client_id: 'nobody' }))
  t.match(await why(), { why: /^Y04EA6EF/, change: /client_id/ })
  await fetch(authorizeUrl(sandbox, { scope: 'openid amr' }), { redirect: 'manual' })
  t.match(await why(), { state: 'refused', why: /^invalid_scope : /, change: /accorder/ })
  await sandbox.authorize(authorizeUrl(sandbox), 'test', { cancel: true })
  t.match(await why(), { state: 'left', why: /^access_denied : /, change: /pas une panne/ })
  await sandbox.login(app, 'E010015').catch(() => undefined)
  t.match(await why(), { state: 'refused', why: /^Y010015 : .*décédée/ })

  await post('/token', { ...good, code: await codeOf(), client_secret: 'wrong' })
  t.match(await why(), { state: 'refused', why: /^Y0434A7B : Le client_secret est faux/ })
  const { client_secret: _secret, ...anonymous } = good
  await post('/token', { ...anonymous, code: await codeOf() })
  t.match(await why(), { why: /^Y044D82C : Le client_secret manque/, change: /dans le corps/ })
  await post('/token', { ...good, code: await codeOf(), redirect_uri: 'http://localhost:3000/other' })
  t.match(await why(), { why: /^Y04F8199 : / })
  const late = await codeOf()
  sandbox.advance(31)
  await post('/token', { ...good, code: late })
  t.match(await why(), { why: /^Y049E20B : .*30 secondes/ })
  const token = (await (await post('/token', { ...good, code: await codeOf() })).json()) as { access_token: string }
  sandbox.advance(31)
  await fetch(`${sandbox.issuer}/userinfo`, { headers: { authorization: `Bearer ${token.access_token}` } })
  t.match(await why(), { state: 'connected', why: /^Y0489D15 : .*30 secondes/, change: /tout de suite après \/token/ })
})

t.test('refusals of data providers, in their words', async (t) => {
  const { sandbox, app, address } = await withService(t)
  const stepsOf = async () => (await snapshotOf(address('/window/events'))).journeys.at(-1)!.steps
  const data = async () => (await stepsOf()).find(({ to }) => to === 'dataProvider')?.explanation
  await sandbox.login(app, 'sans_dossier', { path: '/quotient' })
  t.match(await data(), { why: /n’a rien sur ce citoyen.*35003.*n'est pas référencé/, change: /pas une panne/ })
  sandbox.answer('dss/quotient-familial', 'test', 422)
  await sandbox.login(app, 'test', { path: '/quotient' })
  t.match(await data(), { why: /refuse un paramètre/, change: /SIRET/ })
  sandbox.faults.set('dss/quotient-familial', 'down')
  await sandbox.login(app, 'test', { path: '/quotient' })
  t.match(await data(), { why: /coupée/, change: /panne/ })
})

t.test('a checktoken that fails, for who writes a data provider', async (t) => {
  const clientSecret = 's'.repeat(32)
  const town = { title: 'Ville', clientId: 'ville', clientSecret, scopes: { ville_solde: 'Solde' }, jwks: { keys: [] } }
  const { sandbox, address } = await withService(t, { dataProviders: [town] })
  const ask = async (fields: Record<string, string>) => {
    const body = new URLSearchParams({
      token: 'x'.repeat(43),
      client_id: 'ville',
      client_secret: clientSecret,
      ...fields
    })
    await fetch(`${sandbox.issuer}/checktoken`, { method: 'POST', body })
    return (await snapshotOf(address('/window/events'))).alone.at(-1)
  }
  t.match(await ask({}), {
    asker: 'Ville',
    status: 500,
    explanation: { why: /aucune clé n’a use « enc »/, change: /jwksUri/ }
  })
  t.match(await ask({ client_secret: 'wrong' }), { status: 401, explanation: { change: /ce n’est pas le jeton/ } })
  t.match(await ask({ more: '1' }), { status: 400, explanation: { change: /et rien d’autre/ } })
})

t.test('the deadlines of what was given', async (t) => {
  const { sandbox, app, address } = await withService(t)
  await sandbox.login(app, 'test')
  const { now, journeys } = (await snapshotOf(address('/window/events'))) as Snapshot
  const { token, userinfo } = journeys[0]!.deadlines
  t.ok(token! - now > 55_000 && token! - now <= 60_000)
  t.ok(userinfo! - now > 25_000 && userinfo! - now <= 30_000)
  sandbox.advance(61)
  const later = await snapshotOf(address('/window/events'))
  t.ok(journeys[0]!.deadlines.token! < later.now, 'over on the clock of the sandbox')
  t.equal(later.levers.ahead, 61)
})
