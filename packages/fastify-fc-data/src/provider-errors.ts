import type { ProviderError } from './errors.ts'

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
