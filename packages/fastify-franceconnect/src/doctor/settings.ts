import { isObject, loadEnvironmentFile, readSettingsFile } from 'franceconnect-protocol/settings-file'
import { error, type Finding } from './finding.ts'

/** What the doctor looks at: the objects given to the two `register`, unchecked. */
export interface Settings {
  /** Where they were read, for the report. */
  readonly source: string
  readonly franceConnect: Readonly<Record<string, unknown>>
  /** Options of fastify-fc-data, when the configuration file gives them. */
  readonly fcData: Readonly<Record<string, unknown>> | undefined
  /** `environment` or NODE_ENV says production. */
  readonly production: boolean
}

/** Environment variables read without a configuration file, and the option that each one gives. */
export const variables = {
  FC_ENVIRONMENT: 'environment',
  FC_ISSUER: 'issuer',
  FC_CLIENT_ID: 'clientId',
  FC_CLIENT_SECRET: 'clientSecret',
  FC_BASE_URL: 'baseUrl',
  SESSION_SECRET: 'secret',
  FC_SECRET: 'secret',
  FC_SCOPE: 'scope',
  FC_ACR_VALUES: 'acrValues',
  FC_ID_TOKEN_SIGNED_RESPONSE_ALG: 'idTokenSignedResponseAlg',
  FC_CALLBACK_PATH: 'routes.callback',
  FC_LOGOUT_CALLBACK_PATH: 'routes.logoutCallback'
} as const

type Environment = Readonly<Record<string, string | undefined>>

/** Adds the variables of a `.env` file to those of the process, which win. Answers a finding when it cannot be read. */
export function loadEnvironment(path: string): Finding | null {
  const why = loadEnvironmentFile(path)
  return why === null ? null : unusable(path, why)
}

/** Reads the settings from the environment variables. */
export function fromEnvironment(environment: Environment): Settings {
  const franceConnect: Record<string, unknown> = {}
  const routes: Record<string, unknown> = {}
  for (const [name, option] of Object.entries(variables)) {
    const value = environment[name]
    if (value === undefined || value === '') continue
    if (option.startsWith('routes.')) routes[option.slice(7)] = value
    else franceConnect[option] = option === 'scope' ? value.split(/[\s,]+/).filter(Boolean) : value
  }
  if (Object.keys(routes).length > 0) franceConnect['routes'] = routes
  return settings('variables d’environnement', franceConnect, undefined, environment)
}

/**
 * Reads a JSON file or an ES module whose default export (or named exports) is `{ franceConnect, fcData }`, or the
 * options of fastify-franceconnect alone. Answers a finding when the file cannot be used.
 */
export async function fromFile(path: string, environment: Environment): Promise<Settings | Finding> {
  const read = await readSettingsFile(path)
  if ('why' in read) return unusable(path, read.why)
  const { franceConnect, fcData } = read.exported
  const given = isObject(franceConnect) ? franceConnect : read.exported
  return settings(path, given, isObject(fcData) ? fcData : undefined, environment)
}

function settings(
  source: string,
  franceConnect: Readonly<Record<string, unknown>>,
  fcData: Record<string, unknown> | undefined,
  environment: Environment
): Settings {
  const production = franceConnect['environment'] === 'production' || environment['NODE_ENV'] === 'production'
  return { source, franceConnect, fcData, production }
}

const unusable = (path: string, why: string): Finding =>
  error('config-unreadable', {
    message: `Le fichier de configuration ${path} ne peut pas être lu : ${why}.`,
    fix: '--env : un fichier .env. --config : du JSON, ou un module ES (TypeScript à partir de Node.js 22.18) qui exporte franceConnect (et fcData).'
  })
