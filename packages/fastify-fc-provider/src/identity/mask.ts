import { refuse } from 'franceconnect-protocol/option-values'
import { failure } from '../errors.ts'
import { checked } from '../options/check.ts'

/** Members of the data by the scope that opens them. */
export type MaskMap<T> = Readonly<Record<string, readonly (keyof T & string)[]>>

export interface Mask {
  /**
   * Leaves out every member that no granted scope opens: absent, never null. Of an array, of each of its elements. Throws
   * `FST_FC_PROVIDER_NOT_MATCHED` for `null` and `undefined`, what `matchOne` answers when nobody was found, and
   * `FST_FC_PROVIDER_INVALID_OPTIONS` for a map that names an undeclared scope, whoever asks.
   */
  <T extends object>(data: readonly T[], map: MaskMap<T>, scopes: readonly string[]): Partial<T>[]
  <T extends object>(data: T | null | undefined, map: MaskMap<T>, scopes: readonly string[]): Partial<T>
  /** Checks a map once, at boot, and answers what applies it. */
  (
    map: Readonly<Record<string, readonly string[]>>
  ): <T extends object>(data: T | null | undefined, scopes: readonly string[]) => Partial<T>
}

type Data = Readonly<Record<string, unknown>>

export function createMask(declared: ReadonlyMap<string, string>): Mask {
  const known = new WeakSet<object>()

  function check(map: unknown): asserts map is MaskMap<Data> {
    if (typeof map === 'object' && map !== null && known.has(map)) return
    checked(() => checkMap(map, declared))
    known.add(map as object)
  }

  function apply(data: unknown, map: MaskMap<Data>, scopes: unknown): unknown {
    check(map)
    if (!Array.isArray(scopes)) return checked(() => refuse('mask()', 'is given no scopes', 'request.fcCaller.scopes'))
    if (data === null || data === undefined) {
      throw failure('FST_FC_PROVIDER_NOT_MATCHED', 'Nothing is known of this citizen, or two records are')
    }
    const open = new Set(Object.keys(map).flatMap((scope) => (scopes.includes(scope) ? map[scope]! : [])))
    return Array.isArray(data) ? data.map((one) => only(one, open)) : only(data as Data, open)
  }

  function mask(...given: unknown[]): unknown {
    const [data, map, scopes] = given
    if (given.length > 1) return apply(data, map as MaskMap<Data>, scopes)
    check(data)
    const atBoot = data as MaskMap<Data>
    return (later: unknown, granted: unknown) => apply(later, atBoot, granted)
  }

  return mask as Mask
}

function only(data: Data, open: ReadonlySet<string>): Data {
  return Object.fromEntries([...open].filter((name) => Object.hasOwn(data, name)).map((name) => [name, data[name]]))
}

function checkMap(map: unknown, declared: ReadonlyMap<string, string>): void {
  const expected = "members by scope, such as { ville_solde: ['solde'] }"
  if (typeof map !== 'object' || map === null || Array.isArray(map)) refuse('mask()', 'is given no map', expected)
  for (const [scope, names] of Object.entries(map as object)) {
    if (!declared.has(scope)) refuse('mask()', `names "${scope}", which the option "scopes" does not declare`, expected)
    if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
      refuse(`mask().${scope}`, 'is not a list of member names', expected)
    }
  }
}
