import { isObject, loadEnvironmentFile, readSettingsFile } from 'franceconnect-protocol/settings-file'
import { error, type Finding } from './finding.ts'

/** What the commands look at: the options given to `register`, unchecked, and what only FranceConnect is told. */
export interface Described {
  /** Where they were read, for the report. */
  readonly source: string
  readonly options: Readonly<Record<string, unknown>>
  /** Name of the API, as citizens will read it. */
  readonly title: string | undefined
  /** Public origin of the server, with the path that a proxy takes off if there is one. */
  readonly baseUrl: string | undefined
}

/** Environment variables read without a configuration file, and the option that each one gives. */
export const variables = {
  FC_ENVIRONMENT: 'environment',
  FC_ISSUER: 'issuer',
  FC_CLIENT_ID: 'clientId',
  FC_CLIENT_SECRET: 'clientSecret',
  FC_KEY: 'decryptionKeys, un JWK privé en JSON ou une liste',
  FC_SCOPES: 'scopes, en JSON : {"ville_solde":"Solde de la cantine"}',
  FC_SIGNED_RESPONSE_ALG: 'signedResponseAlg',
  FC_ENCRYPTED_RESPONSE_ALG: 'encryptedResponseAlg',
  FC_BASE_URL: 'adresse publique du serveur',
  FC_TITLE: 'nom de l’API'
} as const

type Environment = Readonly<Record<string, string | undefined>>

/** Adds the variables of a `.env` file to those of the process, which win. Answers a finding when it cannot be read. */
export function loadEnvironment(path: string): Finding | null {
  const why = loadEnvironmentFile(path)
  return why === null ? null : unusable(path, why)
}

/** Reads the settings from the environment variables. */
export function fromEnvironment(environment: Environment): Described | Finding {
  const options: Record<string, unknown> = {}
  for (const [name, option] of Object.entries(variables)) {
    const value = environment[name]
    if (value && /^\w+$/.test(option)) options[option] = value
  }
  try {
    if (environment['FC_KEY']) options['decryptionKeys'] = [JSON.parse(environment['FC_KEY'])].flat()
    if (environment['FC_SCOPES']) options['scopes'] = JSON.parse(environment['FC_SCOPES'])
  } catch {
    return error('variable-unreadable', 'FC_KEY ou FC_SCOPES n’est pas du JSON.', 'FC_SCOPES={"ville_solde":"Solde"}')
  }
  const { FC_TITLE: title, FC_BASE_URL: baseUrl } = environment
  return { source: 'variables d’environnement', options, title, baseUrl }
}

/**
 * Reads a JSON file or an ES module whose default export (or named exports) is `{ fcProvider, title?, baseUrl? }`, or the
 * options of the plugin alone. Answers a finding when the file cannot be used.
 */
export async function fromFile(path: string): Promise<Described | Finding> {
  const read = await readSettingsFile(path)
  if ('why' in read) return unusable(path, read.why)
  const { fcProvider, title, baseUrl } = read.exported
  const options = isObject(fcProvider) ? fcProvider : read.exported
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return { source: path, options, title: text(title), baseUrl: text(baseUrl) }
}

function unusable(path: string, why: string): Finding {
  const fix = '--env : un fichier .env. --config : du JSON, ou un module ES qui exporte fcProvider, title et baseUrl.'
  return error('config-unreadable', `Le fichier de configuration ${path} ne peut pas être lu : ${why}.`, fix)
}
