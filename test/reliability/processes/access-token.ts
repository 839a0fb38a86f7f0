import { randomBytes } from 'node:crypto'
import type { Sandbox } from 'franceconnect-sandbox'

const browsers = new Map<string, ReturnType<Sandbox['browser']>>()

/** An access token of the service, after a login of this citizen in a browser of theirs: single sign-on after the first. */
export async function accessToken(sandbox: Sandbox, citizen: string, scope: string) {
  const { issuer, client } = sandbox
  const browser = browsers.get(citizen) ?? sandbox.browser()
  browsers.set(citizen, browser)
  const { clientId: client_id, clientSecret: client_secret, redirectUris } = client
  const redirect_uri = redirectUris[0]!
  const hex = () => randomBytes(32).toString('hex')
  const asked = {
    response_type: 'code',
    client_id,
    redirect_uri,
    scope,
    state: hex(),
    nonce: hex(),
    acr_values: 'eidas1'
  }
  const back = await sandbox.authorize(`${issuer}/authorize?${new URLSearchParams(asked)}`, citizen, { browser })
  const code = new URL(back).searchParams.get('code') ?? ''
  const body = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri, client_id, client_secret })
  const answer = await fetch(`${issuer}/token`, { method: 'POST', body })
  return ((await answer.json()) as { access_token: string }).access_token
}
