import fc from 'fast-check'

/**
 * How long a property may search. The seed is the same at every run, so that a run tells about the change at hand;
 * `FUZZ_SEED=random`, `FUZZ_RUNS` and `FUZZ_SECONDS` search elsewhere and longer. A failure prints its seed and its
 * shrunk example, which is then kept as a test.
 */
export function searching(runs: number) {
  const seed = process.env['FUZZ_SEED'] ?? '20261123'
  return {
    numRuns: Number(process.env['FUZZ_RUNS'] ?? runs),
    interruptAfterTimeLimit: Number(process.env['FUZZ_SECONDS'] ?? 30) * 1000,
    ...(seed === 'random' ? {} : { seed: Number(seed) })
  }
}

/** Text that parsers stumble on, mixed with whatever else. */
export const nasty = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\r\n',
    '%',
    '%00',
    '%0d%0aSet-Cookie: a=b',
    '..',
    '/..',
    '\\',
    '//',
    '__proto__',
    'constructor',
    'null',
    'NaN',
    '[object Object]',
    '<script>',
    '\u202e',
    '\ud800',
    'é',
    '☃',
    '𝒳',
    'a'.repeat(5000)
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.base64String({ maxLength: 200 })
)

/** Any JSON value, `__proto__` members included. */
export const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    JSON.parse('{"__proto__":{"polluted":true}}') as fc.JsonValue,
    JSON.parse('{"constructor":{"prototype":{"polluted":true}}}') as fc.JsonValue,
    JSON.parse('{"then":"not a promise"}') as fc.JsonValue,
    { toString: null },
    [[[[[[]]]]]],
    1e308,
    -0,
    2 ** 53
  )
)

/** What UTF-8 can carry of a text: a lone surrogate becomes U+FFFD. */
export const wellFormed = (text: string): string => Buffer.from(text).toString()
