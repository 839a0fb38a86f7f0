import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Sandbox } from '../../src/index.ts'

const program = '/usr/sbin/apache2'
const modules = '/usr/lib/apache2/modules'

/** Whether this machine has Apache and mod_auth_openidc, where Debian puts them. */
export const hasApache = (): boolean => existsSync(program) && existsSync(join(modules, 'mod_auth_openidc.so'))

const module = (name: string) => `LoadModule ${name}_module ${modules}/mod_${name}.so`

/** mod_auth_openidc as FranceConnect needs it: the secret in the body, userinfo signed, no PKCE (off in this version). */
function configuration(folder: string, port: number, { issuer, client }: Sandbox): string {
  const origin = `http://localhost:${port}`
  return `
ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/apache.pid
ErrorLog ${folder}/error.log
DocumentRoot ${folder}/pages
User www-data
Group www-data
${['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc', 'dir', 'headers'].map(module).join('\n')}
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${client.clientId}
OIDCClientSecret ${client.clientSecret}
OIDCProviderTokenEndpointAuth client_secret_post
OIDCScope "openid given_name family_name birthdate"
OIDCAuthRequestParams acr_values=eidas1
OIDCIDTokenSignedResponseAlg ES256
OIDCUserInfoSignedResponseAlg ES256
OIDCRedirectURI ${origin}/franceconnect/callback
OIDCDefaultURL ${origin}/
OIDCCryptoPassphrase ${crypto.randomUUID()}
OIDCRemoteUserClaim sub
<Location />
  AuthType openid-connect
  Require valid-user
  Header set X-Family-Name "%{OIDC_CLAIM_family_name}e"
  Header set X-Sub "%{OIDC_CLAIM_sub}e"
</Location>
<Location /franceconnect/logout/callback>
  AuthType None
  Require all granted
</Location>
`
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** An address for Apache, chosen before it starts: the sandbox registers it. */
export async function apacheOrigin(): Promise<{ origin: string; port: number }> {
  const port = await freePort()
  return { origin: `http://localhost:${port}`, port }
}

/** Starts Apache in a folder; answers what stops it. */
export async function startApache(folder: string, port: number, sandbox: Sandbox): Promise<() => Promise<void>> {
  mkdirSync(join(folder, 'pages/franceconnect/logout/callback'), { recursive: true })
  writeFileSync(join(folder, 'pages/index.html'), 'for citizens\n')
  writeFileSync(join(folder, 'pages/franceconnect/logout/callback/index.html'), 'goodbye\n')
  writeFileSync(join(folder, 'apache.conf'), configuration(folder, port, sandbox))
  const apache: ChildProcess = spawn(program, ['-DFOREGROUND', '-f', join(folder, 'apache.conf')], {
    stdio: ['ignore', 'ignore', 'pipe']
  })
  let said = ''
  apache.stderr?.on('data', (chunk) => {
    said += chunk
  })
  const log = () => (existsSync(join(folder, 'error.log')) ? readFileSync(join(folder, 'error.log'), 'utf8') : '')
  for (let tries = 0; ; tries += 1) {
    const up = await fetch(`http://127.0.0.1:${port}/franceconnect/logout/callback/`).then(
      ({ ok }) => ok,
      () => false
    )
    if (up) break
    if (apache.exitCode !== null || tries > 100) throw new Error(`Apache does not start: ${said}${log()}`)
    await wait(50)
  }
  return async () => {
    const stopped = new Promise((resolve) => apache.once('close', resolve))
    apache.kill('SIGTERM')
    await stopped
  }
}
