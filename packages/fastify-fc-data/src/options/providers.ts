import { isSiret } from 'franceconnect-protocol/siret'
import type { ProviderName } from '../apis/api.ts'
import { API_PARTICULIER, type ApiParticulierOptions } from '../providers/api-particulier.ts'
import type { CnamOptions } from '../providers/cnam.ts'
import type { DgfipOptions } from '../providers/dgfip.ts'
import type { FranceTravailOptions } from '../providers/france-travail.ts'
import { address, check, invalid, object, text, unset } from './check.ts'

/** Settings as they come from the environment: one that is missing fails the boot, which names it. */
type Given<Options> = { [Name in keyof Options]: Options[Name] | undefined }

/** Credentials and addresses, by data provider. */
export interface ProvidersOptions {
  apiParticulier?: Given<ApiParticulierOptions> | undefined
  dgfip?: Given<DgfipOptions> | undefined
  cnam?: Given<CnamOptions> | undefined
  franceTravail?: Given<FranceTravailOptions> | undefined
}

/** The same, checked. */
export interface Providers {
  apiParticulier?: ApiParticulierOptions
  dgfip?: DgfipOptions
  cnam?: CnamOptions
  franceTravail?: FranceTravailOptions
}

type Members = Record<string, unknown>
type Environment = 'integration' | 'production' | null

/** A header value: no line break, nothing outside visible ASCII. */
function headerText(value: unknown, option: string): string {
  const given = text(value, option)
  check(/^[\x20-\x7e]+$/.test(given), option, 'must be made of visible ASCII characters')
  return given
}

function apiParticulier(given: Members, environment: Environment): ApiParticulierOptions {
  const { recipient, baseUrl } = object(given, 'providers.apiParticulier', ['recipient', 'baseUrl'])
  const expected = 'must be the SIRET (14 digits, with their check digit) of the public body entitled to the data'
  if (!isSiret(recipient)) return invalid('providers.apiParticulier.recipient', expected + unset(recipient))
  if (baseUrl !== undefined) return { recipient, baseUrl: address(baseUrl, 'providers.apiParticulier.baseUrl') }
  if (environment) return { recipient, baseUrl: API_PARTICULIER[environment] }
  return invalid('providers.apiParticulier.baseUrl', 'is required where the login plugin has an issuer or is not there')
}

function dgfip(given: Members): DgfipOptions {
  const names = ['baseUrl', 'tokenUrl', 'clientId', 'clientSecret', 'idTeleservice']
  const options = object(given, 'providers.dgfip', names)
  const baseUrl = address(options['baseUrl'], 'providers.dgfip.baseUrl')
  const { tokenUrl } = options
  return {
    baseUrl,
    tokenUrl: tokenUrl === undefined ? `${baseUrl}/token` : address(tokenUrl, 'providers.dgfip.tokenUrl'),
    clientId: text(options['clientId'], 'providers.dgfip.clientId'),
    clientSecret: text(options['clientSecret'], 'providers.dgfip.clientSecret'),
    idTeleservice: headerText(options['idTeleservice'], 'providers.dgfip.idTeleservice')
  }
}

function cnam(given: Members): CnamOptions {
  const options = object(given, 'providers.cnam', ['baseUrl', 'apiKey'])
  const baseUrl = address(options['baseUrl'], 'providers.cnam.baseUrl')
  return { baseUrl, apiKey: headerText(options['apiKey'], 'providers.cnam.apiKey') }
}

function franceTravail(given: Members): FranceTravailOptions {
  const options = object(given, 'providers.franceTravail', ['baseUrl'])
  return { baseUrl: address(options['baseUrl'], 'providers.franceTravail.baseUrl') }
}

/** Checks what is given, and that every provider needed is there. */
export function providersOf(given: unknown, needed: ReadonlySet<ProviderName>, environment: Environment): Providers {
  const readers = { apiParticulier, dgfip, cnam, franceTravail }
  const members = given === undefined ? {} : object(given, 'providers', Object.keys(readers))
  const read: Providers = {}
  for (const [name, reader] of Object.entries(readers)) {
    const member = members[name]
    const missing = 'is required: an API of this provider is enabled'
    check(member !== undefined || !needed.has(name as ProviderName), `providers.${name}`, missing)
    if (member !== undefined) Object.assign(read, { [name]: reader(member as Members, environment) })
  }
  return read
}
