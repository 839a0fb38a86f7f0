import parser from 'secure-json-parse'

const MAX_DEPTH = 100

/** Deeper than any answer of these API, and deep enough to break whoever walks it. */
function tooDeep(text: string): boolean {
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
