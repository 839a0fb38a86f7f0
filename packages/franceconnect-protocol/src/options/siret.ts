const LA_POSTE = /^356000000\d{5}$/

/**
 * True for a SIRET: 14 digits whose Luhn sum is a multiple of ten. The establishments of La Poste are numbered outside
 * that rule. Source: datagouv/apistration, clients/SPECS.md §4.1.
 */
export function isSiret(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{14}$/.test(value)) return false
  if (LA_POSTE.test(value)) return true
  let sum = 0
  for (let i = 0; i < 14; i++) {
    const digit = Number(value[i]) * (i % 2 === 0 ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return sum % 10 === 0
}
