import t from 'tap'
import { serve, walk } from './relying-party.ts'

t.test('with the option pkce, a provider that asks for PKCE logs the citizen in', async (t) => {
  const party = await serve(t, { pkce: true })
  party.provider.pkce = true
  const browser = party.browser()
  const { page } = await walk(browser)
  t.equal(page.status, 303)
  t.equal((await browser.open('https://demarche.example/moi')).status, 200)
  const form = party.provider.asked.find(({ endpoint }) => endpoint === 'token')?.parameters
  t.match(form?.get('code_verifier'), /^[\w-]{43}$/)
})

t.test('without it, that provider refuses the login before anything is exchanged', async (t) => {
  const party = await serve(t)
  party.provider.pkce = true
  const { stage, page } = await walk(party.browser())
  t.equal(stage, 'authorize')
  t.match(page.body, /code challenge required/)
  t.equal(party.provider.calls.token, 0)
})

t.test('a verifier of another login is refused by it, and the citizen starts again', async (t) => {
  const party = await serve(t, { pkce: true })
  party.provider.pkce = true
  party.provider.fault = {
    callback: (_back, login) => {
      login.codeChallenge = 'A'.repeat(43)
    }
  }
  const { page } = await walk(party.browser())
  t.equal(page.status, 400)
  t.match(page.body, /FST_FC_CODE_REJECTED/)
})
