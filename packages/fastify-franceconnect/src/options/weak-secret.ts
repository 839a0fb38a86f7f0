/** Secrets that documentations show: of @fastify/session, of @fastify/secure-session, of this plugin's recipes. */
const published = new Set([
  'a secret with minimum length of 32 characters',
  'averylogphrasebiggerthanthirtytwochars',
  'a secret of at least thirty-two characters'
])

/** Why a secret of the right length would be guessed; `null` for one that looks random enough. */
export function weakness(given: string): string | null {
  const secret = given.slice(0, 256)
  // aaaa…, or a few keys struck over and over
  if (new Set(secret).size < 5) return 'repeats the same few characters'
  if (period(secret) <= secret.length / 2) return 'repeats one short text'
  if (steps(secret) > secret.length / 2) return 'is made of characters that follow one another'
  return published.has(secret) ? 'is published in a documentation' : null
}

/** Length of the shortest text that gives this one when repeated, the last time perhaps cut. */
function period(text: string): number {
  let length = 1
  while (!text.startsWith(text.slice(length))) length += 1
  return length
}

/** How many characters come right after, or right before, the one on their left: `abcd`, `4321`. */
function steps(text: string): number {
  return [...text].filter((_, at) => at > 0 && Math.abs(text.charCodeAt(at) - text.charCodeAt(at - 1)) === 1).length
}
