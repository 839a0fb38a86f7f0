import type { ProviderError } from '../errors.ts'
import type { Provider, ProviderData, ProviderFailure } from '../providers/provider.ts'

/** Codes and short titles, without what the request carried. */
export function cleanErrors(errors: readonly ProviderError[], secrets: readonly string[] = []): ProviderError[] {
  const safe = (text: string) => !secrets.some((secret) => text.includes(secret))
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

/** Errors of a body, none when the provider object cannot read it. */
export function errorsOf({ errors }: Provider, body: unknown): readonly ProviderError[] {
  return errors ? attempt(() => errors(body), []) : []
}

/** The data of a body, `null` when the provider object cannot read it. */
export function dataOf({ unwrap }: Provider, body: unknown): ProviderData | null {
  return unwrap ? attempt(() => unwrap(body), null) : { data: body }
}

/** Whether an answer says that there is nothing on this citizen. */
export function saysNothing(provider: Provider, status: number, body: unknown): boolean {
  const { nothing } = provider
  return nothing ? attempt(() => nothing(status, errorsOf(provider, body), body), false) : false
}

/** What an error answer means to its provider object. */
export function meaningOf(
  provider: Provider,
  status: number,
  body: unknown,
  sent: Readonly<Record<string, string>>
): ProviderFailure | undefined {
  const { failure } = provider
  return failure ? attempt(() => failure(status, errorsOf(provider, body), body, sent), undefined) : undefined
}

/** The id that the provider gave to the request, to quote to it. */
export function requestIdOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  secrets: readonly string[] = []
): string | undefined {
  const id = headers['x-request-id']
  const plain = typeof id === 'string' && /^[\w.:/+=@-]{1,128}$/.test(id)
  return plain && !secrets.some((secret) => id.includes(secret)) ? id : undefined
}
