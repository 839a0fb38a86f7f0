import type { PivotClaims } from '../data-providers/data-provider-context.ts'
import type { Citizen } from './citizen.ts'

const pivotNames = ['family_name', 'given_name', 'birthdate', 'gender', 'birthplace', 'birthcountry'] as const

/** The citizens of one sandbox. */
export class People {
  readonly all: Citizen[]

  constructor(all: Citizen[]) {
    this.all = all
  }

  find(id: string): Citizen | undefined {
    return this.all.find((citizen) => citizen.id === id)
  }

  /** Who has this pivot identity in the civil register. */
  withPivot(claims: PivotClaims): Citizen | undefined {
    return this.all.find(({ register }) => pivotNames.every((name) => (register[name] ?? '') === (claims[name] ?? '')))
  }
}
