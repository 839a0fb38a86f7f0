import { startSandbox } from '../../dist/index.js'

/** A login by hand at one platform: the statuses of the token and of userinfo, then the start page's. */
async function statuses(sandbox, issuer, { clientId, clientSecret, redirectUris }, acr_values) {
  const client = { client_id: clientId, redirect_uri: redirectUris[0] }
  const asked = { response_type: 'code', scope: 'openid family_name', state: 's', nonce: 'n'.repeat(32), acr_values }
  const callback = await sandbox.authorize(`${issuer}/authorize?${new URLSearchParams({ ...client, ...asked })}`)
  const code = new URL(callback).searchParams.get('code')
  const body = { ...client, client_secret: clientSecret, grant_type: 'authorization_code', code }
  const token = await fetch(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(body) })
  const { access_token } = await token.json()
  const userinfo = await fetch(`${issuer}/userinfo`, { headers: { authorization: `Bearer ${access_token}` } })
  return [token.status, userinfo.status]
}

async function main() {
  const sandbox = await startSandbox({ port: 0 })
  const [client, plusClient] = sandbox.clients
  const seen = [
    ...(await statuses(sandbox, sandbox.issuer, client, 'eidas1')),
    ...(await statuses(sandbox, sandbox.plusIssuer, plusClient, 'eidas2')),
    (await fetch(new URL('/', sandbox.issuer))).status
  ]
  await sandbox.close()
  process.stdout.write(JSON.stringify(seen))
}

main()
