import { isFailure } from '../errors.ts'
import { checkOptions } from '../options/check.ts'
import type { FranceConnectOptions } from '../options/options.ts'
import { inFrench, type Refusal } from './french.ts'

type Options = Record<string, unknown>

/** In place of what was refused and must be there, so that the rest is looked at too. */
const placeholders: Options = {
  environment: 'integration',
  clientId: 'client',
  clientSecret: 'secret',
  baseUrl: 'https://service.invalid',
  secret: '0123456789abcdef0123456789abcdef'
}

const most = 40

/** Everything that the plugin refuses, one after the other, and the options with it mended: they boot. */
export function refusedOptions(given: Readonly<Options>): { refusals: Refusal[]; mended: Options } {
  const refusals: Refusal[] = []
  let mended: Options = { ...given }
  for (let round = 0; round < most; round++) {
    const refusal = firstRefusal(mended)
    if (refusal === null) break
    const again = refusals.some(({ option }) => option === refusal.option)
    if (!again) refusals.push(refusal)
    mended = again ? { ...without(mended, [refusal.option.split(/[.[]/)[0]!]) } : mend(mended, refusal.option)
  }
  return { refusals, mended }
}

function firstRefusal(options: Options): Refusal | null {
  try {
    checkOptions(options as unknown as FranceConnectOptions, '')
    return null
  } catch (cause) {
    if (isFailure(cause)) return inFrench(cause.message) ?? { option: 'options', message: cause.message }
    return { option: 'options', message: 'Les options ne peuvent pas être lues.' }
  }
}

function mend(options: Options, option: string): Options {
  const [name = '', ...inner] = option.replace(/\[\d+\]$/, '').split('.')
  if (name === 'issuer') return { ...without(options, ['issuer']), environment: 'integration' }
  if (name === 'decryptionKeys') return without(options, ['decryptionKeys', 'acrValues', 'idTokenSignedResponseAlg'])
  if (Object.hasOwn(placeholders, name)) return { ...options, [name]: placeholders[name] }
  return without(options, [name, ...inner], true)
}

/** A copy without some members; `nested`: the names are a path, and the last one is left out. */
function without(options: Options, names: readonly string[], nested = false): Options {
  const [first = '', ...rest] = names
  if (nested && rest.length > 0) {
    const inner = options[first]
    const isObject = typeof inner === 'object' && inner !== null
    return isObject ? { ...options, [first]: without(inner as Options, rest, true) } : without(options, [first])
  }
  return Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)))
}
