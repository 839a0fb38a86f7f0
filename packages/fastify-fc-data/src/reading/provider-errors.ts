import { errorCodes, type ProviderError, remedies } from '../errors.ts'
import type { Provider, ProviderData, ProviderFailure } from '../providers/provider.ts'

/** From here on what a call carried may name somebody: a year does not, and is in many ids. */
const NAMING = 5

/** A text without what changes from one writing of a plate or a number to another. */
const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** True where a text repeats, however it is written, something that may name somebody. */
function names(text: string, secrets: readonly string[]): boolean {
  const whole = bare(text)
  return secrets.map(bare).some((secret) => secret.length >= NAMING && whole.includes(secret))
}

/** Codes and short titles, without what the request carried. */
export function cleanErrors(errors: readonly ProviderError[], secrets: readonly string[] = []): ProviderError[] {
  const safe = (text: string) => !secrets.some((secret) => text.includes(secret)) && !names(text, secrets)
  return errors.slice(0, 5).flatMap(({ code, title }): ProviderError[] => {
    if (!/^[\w.-]{1,32}$/.test(code) || !safe(code)) return []
    if (title === undefined || !safe(title) || /[\w~+/=-]{32,}/.test(title)) return [{ code }]
    return [
      {
        code,
        title: title
          .replace(/[^\p{L}\p{N}\p{P}\p{Sc}+= ]/gu, ' ')
          .replace(/[<>&]/g, ' ')
          .slice(0, 200)
      }
    ]
  })
}

function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function errorOf(given: unknown): ProviderError[] {
  if (!isObject(given) || typeof given['code'] !== 'string') return []
  const { code, title } = given
  return [typeof title === 'string' ? { code, title } : { code }]
}

/** Errors of a body, none when the provider object cannot read it. */
export function errorsOf({ errors }: Provider, body: unknown): readonly ProviderError[] {
  const given: unknown = errors ? attempt(() => errors(body), []) : []
  return Array.isArray(given) ? given.flatMap(errorOf) : []
}

/** The data of a body, `null` when the provider object cannot read it. */
export function dataOf({ unwrap }: Provider, body: unknown): ProviderData | null {
  const given: unknown = unwrap ? attempt(() => unwrap(body), null) : { data: body }
  if (!isObject(given) || given['data'] === undefined) return null
  const { data, meta } = given
  return isObject(meta) ? { data, meta } : { data }
}

/** Whether an answer says that there is nothing on this citizen. */
export function saysNothing(provider: Provider, status: number, body: unknown): boolean {
  const { nothing } = provider
  const given: unknown = nothing && attempt(() => nothing(status, errorsOf(provider, body), body), false)
  return given === true
}

/** What an error answer means to its provider object; what is not written as it should be means nothing. */
export function meaningOf(
  provider: Provider,
  status: number,
  body: unknown,
  sent: Readonly<Record<string, string>>
): ProviderFailure | undefined {
  const { failure } = provider
  const given: unknown = failure && attempt(() => failure(status, errorsOf(provider, body), body, sent), undefined)
  return isMeaning(given) ? given : undefined
}

const shapes: Readonly<Record<keyof ProviderFailure, (value: unknown) => boolean>> = {
  code: (value) => errorCodes.some((code) => code === value),
  remedy: (value) => remedies.some((remedy) => remedy === value),
  message: (value) => typeof value === 'string',
  retryIn: (value) => typeof value === 'number',
  busy: (value) => typeof value === 'boolean',
  renewed: (value) => typeof value === 'boolean'
}

function isMeaning(given: unknown): given is ProviderFailure {
  const fit = ([name, fits]: [string, (value: unknown) => boolean], of: Record<string, unknown>) =>
    of[name] === undefined || fits(of[name])
  return isObject(given) && Object.entries(shapes).every((shape) => fit(shape, given))
}

/** The id that the provider gave to the request, to quote to it. */
export function requestIdOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  secrets: readonly string[] = []
): string | undefined {
  const id = headers['x-request-id']
  const plain = typeof id === 'string' && /^[\w.:/+=@-]{1,128}$/.test(id)
  return plain && !names(id, secrets) ? id : undefined
}
