import { isLevel, platformOf } from 'franceconnect-protocol/acr'
import { type Environment, issuers, type Platform } from 'franceconnect-protocol/platforms'

/** Which FranceConnect the settings speak to. */
export interface Target {
  readonly platform: Platform
  /** `null` for a sandbox or another provider. */
  readonly environment: Environment | null
  /** `null` when the settings do not say. */
  readonly issuer: string | null
}

/** FranceConnect's own issuers; the last one is the integration platform of before the partner space. */
const known: readonly (Target & { issuer: string })[] = [
  ...(['franceconnect', 'franceconnect-plus'] as const).flatMap((platform) =>
    (['integration', 'production'] as const).map((environment) => ({
      platform,
      environment,
      issuer: issuers[platform][environment]
    }))
  ),
  {
    platform: 'franceconnect',
    environment: 'integration',
    issuer: 'https://fcp-low.integ01.dev-franceconnect.fr/api/v2'
  }
]

/** Hosts of FranceConnect v1, whose protocol this plugin does not speak. */
export const versionOne = /^https:\/\/(fcp\.integ01\.dev-franceconnect\.fr|app\.franceconnect\.gouv\.fr)|\/api\/v1\b/

/** FranceConnect's own platform behind an issuer, with or without its trailing slash; `undefined` for any other. */
export const knownIssuer = (issuer: string): Target | undefined =>
  known.find((target) => target.issuer === issuer.replace(/\/+$/, ''))

/** The platform of some options: `issuer` first, else `environment` with the level asked. */
export function targetOf({ issuer, environment, acrValues }: Readonly<Record<string, unknown>>): Target {
  const platform = isLevel(acrValues) ? platformOf(acrValues) : 'franceconnect'
  if (typeof issuer === 'string') {
    const found = knownIssuer(issuer)
    return { platform: found?.platform ?? platform, environment: found?.environment ?? null, issuer }
  }
  if (environment !== 'integration' && environment !== 'production')
    return { platform, environment: null, issuer: null }
  return { platform, environment, issuer: issuers[platform][environment] }
}

const words = { integration: 'intégration', production: 'production' } as const

export const nameOf = (target: Target): string =>
  `${target.platform === 'franceconnect' ? 'FranceConnect' : 'FranceConnect+'}${
    target.environment === null ? ' (bac à sable ou autre émetteur)' : `, ${words[target.environment]}`
  }`
