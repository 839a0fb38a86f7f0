import parser from 'secure-json-parse'

const MAX_DEPTH = 100

function holdsMoreThan(count: number, character: string, text: string): boolean {
  let at = -1
  for (let found = 0; found <= count; found++) {
    at = text.indexOf(character, at + 1)
    if (at === -1) return false
  }
  return true
}

/** Deeper than any answer of these API, and deep enough to break whoever walks it. */
function tooDeep(text: string): boolean {
  const half = MAX_DEPTH / 2
  if (!holdsMoreThan(half, '{', text) && !holdsMoreThan(half, '[', text)) return false
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (inString) {
      if (c === 92) i++
      else if (c === 34) inString = false
    } else if (c === 34) inString = true
    else if (c === 123 || c === 91) {
      if (++depth > MAX_DEPTH) return true
    } else if (c === 125 || c === 93) depth--
  }
  return false
}

/** The JSON of a text, without `__proto__` nor `constructor` members; `undefined` when it is not JSON. */
export function parseJson(text: string): unknown {
  if (text === '' || tooDeep(text)) return undefined
  try {
    return parser.parse(text, null, { protoAction: 'remove', constructorAction: 'remove' })
  } catch {
    return undefined
  }
}
