/** Price of a year, in euros, by quotient familial; `null` when it is not known. */
export function prixPour(quotient: number | null): number | null {
  if (quotient === null) return null
  return quotient < 700 ? 5 : quotient < 1200 ? 12 : 20
}
