import { isLevel } from 'franceconnect-protocol/acr'
import { isLoopback } from 'franceconnect-protocol/platforms'
import { error, type Finding, info, ok } from './finding.ts'
import { knownIssuer, nameOf, type Target, versionOne } from './platform.ts'
import type { Settings } from './settings.ts'

/** The platform, the level and the algorithm: do they go together? */
export function examineIssuer({ franceConnect: options }: Settings, target: Target): Finding[] {
  return [...examineEnvironment(options), ...examineUrl(options), ...examineLevel(options, target)]
}

function examineEnvironment({ environment, issuer }: Settings['franceConnect']): Finding[] {
  const option = 'environment'
  if (environment === undefined && issuer === undefined) {
    return [
      error('environment-missing', {
        option,
        message: 'Ni environment ni issuer ne sont donnés : FranceConnect n’est pas choisi.',
        fix: 'FC_ENVIRONMENT=integration (ou production) ; FC_ISSUER=http://localhost:4000/api/v2 pour le bac à sable.'
      })
    ]
  }
  if (environment !== undefined && issuer !== undefined) {
    const message = 'environment et issuer sont donnés ensemble.'
    return [error('environment-and-issuer', { option, message, fix: 'N’en gardez qu’un.' })]
  }
  if (environment !== undefined && environment !== 'integration' && environment !== 'production') {
    const message = 'environment n’est ni « integration » ni « production ».'
    return [error('environment-unknown', { option, message, fix: 'Écrivez l’un des deux mots, en minuscules.' })]
  }
  return []
}

function examineUrl({ issuer }: Settings['franceConnect']): Finding[] {
  if (issuer === undefined) return []
  const option = 'issuer'
  const url = typeof issuer === 'string' && URL.canParse(issuer) ? new URL(issuer) : null
  if (typeof issuer !== 'string' || url === null) {
    return [error('issuer-malformed', { option, message: 'issuer n’est pas une URL.', fix: 'https://…/api/v2' })]
  }
  if (versionOne.test(issuer)) {
    return [
      error('issuer-v1', {
        option,
        message: 'Cette adresse est celle de FranceConnect v1, un autre protocole, en fin de vie.',
        fix: 'Utilisez environment, ou l’adresse en /api/v2 donnée par l’espace partenaires.'
      })
    ]
  }
  const found: Finding[] = []
  if (issuer.endsWith('/') && knownIssuer(issuer)) {
    const message = 'issuer finit par une barre oblique : FranceConnect s’annonce sans elle et la connexion échouera.'
    found.push(error('issuer-slash', { option, message, fix: issuer.replace(/\/+$/, '') }))
  }
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    const message = 'issuer n’est pas en https : le secret du client circulerait en clair.'
    found.push(error('issuer-http', { option, message, fix: 'https, sauf pour un bac à sable sur localhost.' }))
  }
  return found
}

function examineLevel(options: Settings['franceConnect'], target: Target): Finding[] {
  const found: Finding[] = []
  const { acrValues = 'eidas1', idTokenSignedResponseAlg: algorithm = 'ES256' } = options
  const plus = target.platform === 'franceconnect-plus'
  const platform = plus ? 'FranceConnect+' : 'FranceConnect'
  if (!isLevel(acrValues)) {
    const message = 'acrValues n’est pas un niveau connu.'
    found.push(error('acr-unknown', { option: 'acrValues', message, fix: 'eidas1, eidas2 ou eidas3.' }))
  } else if (target.environment !== null && (acrValues === 'eidas1') === plus) {
    const message = `${platform} ne donne pas le niveau ${acrValues} : toute connexion reviendrait en invalid_acr.`
    const fix = plus ? 'eidas2 ou eidas3.' : 'eidas1, ou passez à FranceConnect+.'
    found.push(error('acr-platform', { option: 'acrValues', message, fix }))
  }
  if (plus && algorithm === 'RS256') {
    const message = 'FranceConnect+ ne signe qu’en ES256.'
    found.push(error('algorithm-plus', { option: 'idTokenSignedResponseAlg', message, fix: 'ES256.' }))
  } else if (target.environment !== null) {
    const message = `L’algorithme attendu est ${String(algorithm)} : il doit être celui choisi à l’enregistrement du service.`
    found.push(info('algorithm', { option: 'idTokenSignedResponseAlg', message }))
  }
  if (plus && target.environment !== null && options['decryptionKeys'] === undefined) {
    const message = 'FranceConnect+ chiffre ses réponses et aucune clé de déchiffrement n’est donnée.'
    const fix = 'Donnez decryptionKeys : voir le guide FranceConnect+.'
    found.push(error('decryption-keys-missing', { option: 'decryptionKeys', message, fix }))
  }
  if (options['pkce'] === true && target.environment !== null) {
    const message = 'pkce est demandé : FranceConnect refuse ce paramètre par une page Y030007 sans retour.'
    found.push(error('pkce', { option: 'pkce', message, fix: 'Retirez l’option.' }))
  }
  return found.some((finding) => finding.level === 'error') || target.issuer === null
    ? found
    : [ok('platform', { message: `Plateforme : ${nameOf(target)}, niveau ${String(acrValues)}.` }), ...found]
}
