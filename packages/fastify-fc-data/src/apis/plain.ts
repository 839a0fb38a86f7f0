/**
 * The plain type of a schema, for the few kinds of TypeBox that the catalogue is written in. TypeBox's own `Static`
 * gives the same through a hundred times more work of the compiler, paid again by every project that uses the catalogue.
 */
export type Plain<S> = S extends { '~unsafe': infer T }
  ? T
  : S extends { '~kind': 'Object'; properties: infer P }
    ? Members<P>
    : S extends { '~kind': 'Array'; items: infer I }
      ? Plain<I>[]
      : S extends { '~kind': 'Union'; anyOf: infer U extends readonly unknown[] }
        ? Plain<U[number]>
        : S extends { '~kind': keyof Scalars }
          ? Scalars[S['~kind']]
          : unknown

interface Scalars {
  String: string
  Integer: number
  Number: number
  Boolean: boolean
  Null: null
}

type Members<P> = {
  [K in keyof P as P[K] extends { '~optional': true } ? K : never]?: Plain<P[K]>
} & {
  [K in keyof P as P[K] extends { '~optional': true } ? never : K]: Plain<P[K]>
} extends infer M
  ? { [K in keyof M]: M[K] }
  : never
