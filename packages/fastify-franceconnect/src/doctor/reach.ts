import type { Answer } from '../protocol/answer.ts'
import { type TlsCause, tlsSentences } from '../protocol/tls.ts'
import type { Transport } from '../protocol/transport.ts'
import { error, type Finding, ok } from './finding.ts'

/** What is read of the discovery document. */
export interface Metadata {
  issuer?: unknown
  authorization_endpoint?: unknown
  token_endpoint?: unknown
  userinfo_endpoint?: unknown
  jwks_uri?: unknown
  scopes_supported?: unknown
  acr_values_supported?: unknown
  id_token_signing_alg_values_supported?: unknown
  userinfo_signing_alg_values_supported?: unknown
  id_token_encryption_alg_values_supported?: unknown
  userinfo_encryption_alg_values_supported?: unknown
}

/** Reads the discovery document as the plugin does, and compares the clocks; a finding when it cannot serve. */
export async function discover(
  transport: Transport,
  issuer: string
): Promise<{ metadata: Metadata; clock: Finding[] } | Finding> {
  const option = 'issuer'
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const answer = await transport
    .exchange(url, { method: 'GET', headers: { accept: 'application/json' } })
    .catch((cause: Error) => cause)
  if (answer instanceof Error) return unreachable(url, answer.message)
  const metadata = answer.status === 200 ? ((await answer.json().catch(() => null)) as Metadata | null) : null
  if (metadata === null || typeof metadata !== 'object' || typeof metadata.issuer !== 'string') {
    const message = `${url} répond ${answer.status} sans document de découverte.`
    return error('issuer-unreachable', { option, message, fix: 'Vérifiez l’adresse, et ce qui répond à sa place.' })
  }
  if (metadata.issuer !== issuer) {
    const message = 'Cette adresse s’annonce sous un autre nom que issuer : chaque connexion serait refusée.'
    return error('issuer-mismatch', { option, message, fix: `issuer: '${metadata.issuer.slice(0, 200)}'` })
  }
  return { metadata, clock: examineClock(answer) }
}

const causes = Object.keys(tlsSentences) as TlsCause[]

/** Of each, the problem and what to do; `$` is the host. */
const tlsFrench: Readonly<Record<TlsCause, readonly [problem: string, fix: string]>> = {
  authority: [
    'Le certificat de $ n’est pas accepté : autorité privée, ou proxy qui déchiffre le TLS',
    'Donnez les certificats de cette autorité à Node.js : NODE_EXTRA_CA_CERTS=/chemin/autorite.pem (jamais NODE_TLS_REJECT_UNAUTHORIZED=0).'
  ],
  name: ['Le certificat de $ est celui d’un autre nom', 'Vérifiez l’adresse, et qu’aucun proxy ne répond à sa place.'],
  date: ['Le certificat de $ n’est pas valable aujourd’hui', 'Vérifiez l’heure de cette machine (NTP).'],
  handshake: [
    '$ ne parle pas un TLS qui convienne',
    'Vérifiez le port, et s’il demande un certificat de votre service (option dispatcher).'
  ]
}

/** The cause, by the words of the transport: TLS, nothing that listens, a name that is not known, silence. */
function unreachable(url: string, cause: string): Finding {
  const option = 'issuer'
  const { host } = new URL(url)
  const [, code = '', why] = /: (\w+): (.+)$/.exec(cause) ?? []
  const tls = causes.find((name) => tlsSentences[name] === why)
  if (tls !== undefined) {
    const [problem, fix] = tlsFrench[tls]
    return error('issuer-tls', { option, message: `${problem.replace('$', host)} (${code}).`, fix })
  }
  if (cause.includes('franceconnect-sandbox')) {
    const message = `Rien n’écoute sur ${host} (ECONNREFUSED).`
    const fix = 'Le bac à sable y est-il lancé ? npx franceconnect-sandbox affiche son adresse.'
    return error('issuer-unreachable', { option, message, fix })
  }
  const failed = /: ([A-Z][A-Z0-9_]{3,})$/.exec(cause)?.[1]
  const message = `${url} ne répond pas${failed ? ` (${failed})` : ''}.`
  const fix =
    failed === 'ENOTFOUND' || failed === 'EAI_AGAIN'
      ? 'Ce nom est inconnu d’ici : vérifiez l’adresse, le DNS, ou le proxy de sortie (option dispatcher).'
      : 'Vérifiez l’adresse, le proxy de sortie (option dispatcher) et le pare-feu.'
  return error('issuer-unreachable', { option, message, fix })
}

/** FranceConnect's tokens live sixty seconds: a clock that is wrong refuses them all. */
function examineClock(answer: Answer): Finding[] {
  const theirs = Date.parse(answer.headers.get('date') ?? '')
  const apart = Math.round(Math.abs(Date.now() - theirs) / 1000)
  const seen = ok('issuer', { message: 'FranceConnect répond et s’annonce sous le bon nom.' })
  if (Number.isNaN(theirs) || apart <= 10) return [seen]
  const message = `L’horloge de cette machine est à ${apart} s de celle de FranceConnect : les jetons seraient refusés.`
  return [seen, error('clock', { message, fix: 'Activez la synchronisation de l’heure (NTP).' })]
}
