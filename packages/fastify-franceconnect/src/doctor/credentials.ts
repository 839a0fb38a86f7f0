import { weakness } from '../options/weak-secret.ts'
import { error, type Finding, ok, warning } from './finding.ts'
import type { Target } from './platform.ts'
import type { Settings } from './settings.ts'

const placeholder = /^(change[-_ ]?me|xxx+|todo|your[-_ ].*|secret|client[-_]?(id|secret)|<.*>|\.{3}|…)$/i

/** Client id, client secret and the service's own secret: given, plausible, different, strong. Never shown. */
export function examineCredentials({ franceConnect: options }: Settings, target: Target): Finding[] {
  const { clientId, clientSecret, secret } = options
  const found = [
    ...examineText('clientId', 'FC_CLIENT_ID', clientId),
    ...examineText('clientSecret', 'FC_CLIENT_SECRET', clientSecret)
  ]
  if (typeof clientId === 'string' && clientId === clientSecret) {
    const message = 'clientId et clientSecret sont identiques : l’un des deux a été collé deux fois.'
    found.push(error('credentials-same', { option: 'clientSecret', message }))
  }
  if (target.environment !== null) {
    const said = new Set(found.map(({ option }) => option))
    found.push(...examineShape(options, target).filter(({ option }) => !said.has(option)))
  }
  found.push(...examineSecret(secret, clientSecret))
  if (found.length === 0)
    found.push(ok('credentials', { message: 'Identifiants et secret de session : forme correcte.' }))
  return found
}

function examineText(option: string, variable: string, value: unknown): Finding[] {
  const fix = `Donnez-le dans ${variable}, tel que l’espace partenaires l’affiche.`
  if (typeof value !== 'string' || value === '') {
    return [error(`${option}-missing`, { option, message: `${option} manque.`, fix })]
  }
  if (value !== value.trim() || /^["'].*["']$/.test(value) || /[\r\n]/.test(value)) {
    const message = `${option} contient des espaces, des guillemets ou un retour à la ligne autour de la valeur.`
    return [error(`${option}-spaces`, { option, message, fix: 'Retirez-les : FranceConnect compare à l’octet près.' })]
  }
  if (placeholder.test(value)) {
    return [error(`${option}-placeholder`, { option, message: `${option} est une valeur d’exemple.`, fix })]
  }
  return []
}

/** The samples published and seen are 64 hexadecimal characters; secrets under 32 characters are refused. */
function examineShape({ clientId, clientSecret }: Settings['franceConnect'], target: Target): Finding[] {
  const found: Finding[] = []
  const fix = `Vérifiez que ces identifiants sont ceux de l’environnement « ${target.environment} » : chaque environnement a les siens.`
  if (String(clientSecret).length < 32) {
    const message = 'clientSecret a moins de 32 caractères : FranceConnect n’en délivre pas de si court.'
    found.push(error('clientSecret-short', { option: 'clientSecret', message, fix }))
  }
  if (!/^[0-9a-f]{64}$/.test(String(clientId))) {
    const message = 'clientId n’a pas la forme habituelle de FranceConnect (64 caractères hexadécimaux).'
    found.push(warning('clientId-shape', { option: 'clientId', message, fix }))
  }
  return found
}

function examineSecret(given: unknown, clientSecret: unknown): Finding[] {
  const option = 'secret'
  const fix = 'Tirez-en un : openssl rand -hex 32. Gardez-le hors du dépôt, le même pour toutes les instances.'
  const secrets: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (given === undefined || secrets.length === 0) {
    return [error('secret-missing', { option, message: 'secret manque (variable SESSION_SECRET).', fix })]
  }
  const found: Finding[] = []
  for (const [index, secret] of secrets.entries()) {
    const which = secrets.length > 1 ? `secret n° ${index + 1}` : 'secret'
    if (typeof secret !== 'string' || secret.length < 32) {
      found.push(error('secret-short', { option, message: `${which} a moins de 32 caractères.`, fix }))
    } else if (secret === clientSecret) {
      const message = `${which} est le secret du client FranceConnect : une fuite de l’un donnerait l’autre.`
      found.push(error('secret-reused', { option, message, fix }))
    } else if (weakness(secret) !== null || placeholder.test(secret.slice(0, 9))) {
      found.push(
        error('secret-weak', {
          option,
          message: `${which} se devine : trop répétitif, ou publié dans une documentation.`,
          fix
        })
      )
    }
  }
  return found
}
