import type { PivotClaims } from '../data-providers/data-provider-context.ts'
import type { Citizen } from './citizen.ts'

const pivotNames = ['family_name', 'given_name', 'birthdate', 'gender', 'birthplace', 'birthcountry'] as const

/** The citizens of one sandbox. */
export interface People {
  readonly all: Citizen[]
  find(id: string): Citizen | undefined
  /** Who has this pivot identity in the civil register. */
  withPivot(claims: PivotClaims): Citizen | undefined
}

export function createPeople(all: Citizen[]): People {
  return {
    all,
    find: (id) => all.find((citizen) => citizen.id === id),
    withPivot: (claims) =>
      all.find(({ register }) => pivotNames.every((name) => (register[name] ?? '') === (claims[name] ?? '')))
  }
}
