import { createHash } from 'node:crypto'
import type { Citizen } from './citizen.ts'

/**
 * The pairwise `sub`: 64 hexadecimal characters and `v1`, the same for one citizen and one entity whatever the
 * identity provider and the sandbox.
 */
export function subject(citizen: Citizen, entityId: string): string {
  const { gender, family_name, given_name, birthdate, birthplace, birthcountry } = citizen.register
  const pivot = JSON.stringify([gender, family_name, given_name, birthdate, birthplace, birthcountry])
  return `${createHash('sha256').update(`${entityId}\n${pivot}\nfranceconnect-sandbox`).digest('hex')}v1`
}
