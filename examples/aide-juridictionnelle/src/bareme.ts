/**
 * Ceilings of legal aid (« aide juridictionnelle ») for one person, in euros, as published: décret n° 2020-1717 du
 * 28 décembre 2020, articles 3 and following, revalued by the circulaire du 20 janvier 2025, in force since 23 January 2025.
 * They change every January: a service in production reads them from its own reference, not from this file.
 */
export const bareme = {
  enVigueurDepuis: '2025-01-23',
  texte: 'décret n° 2020-1717 du 28 décembre 2020 et circulaire du 20 janvier 2025',
  fiche: 'https://www.service-public.gouv.fr/particuliers/vosdroits/F18074',
  tranches: [
    { taux: 100, plafond: 12_862 },
    { taux: 55, plafond: 15_203 },
    { taux: 25, plafond: 19_290 }
  ],
  patrimoineMobilier: 12_862,
  patrimoineImmobilier: 38_580,
  /** Share of the full-aid ceiling added for the second and third persons, then for each one after. */
  majorations: [0.18, 0.1137]
} as const

export interface Situation {
  /** Income of the tax household for a year, in euros. */
  readonly revenu: number
  /** Persons of the tax household, the applicant included: 1 or more. */
  readonly personnes: number
  /** Savings and movable property, in euros. */
  readonly patrimoineMobilier: number
  /** Real estate other than the main home, in euros. */
  readonly patrimoineImmobilier: number
}

export interface Estimation {
  /** Share of the costs that the State may take: 100, 55, 25 or 0 percent. */
  readonly taux: number
  readonly tranches: readonly { readonly taux: number; readonly plafond: number }[]
  readonly patrimoineMobilier: number
  readonly patrimoineImmobilier: number
  /** Which ceiling is passed, when one is. */
  readonly depassement: 'revenu' | 'patrimoine mobilier' | 'patrimoine immobilier' | null
}

function majoration(plafond: number, personnes: number): number {
  const [premieres, suivantes] = bareme.majorations
  const autres = Math.max(0, personnes - 1)
  return (
    Math.min(autres, 2) * Math.round(premieres * plafond) + Math.max(0, autres - 2) * Math.round(suivantes * plafond)
  )
}

/** What the ceilings say of a household. An estimate: only the bureau d'aide juridictionnelle decides. */
export function estimer(situation: Situation): Estimation {
  const ajout = majoration(bareme.tranches[0].plafond, situation.personnes)
  const tranches = bareme.tranches.map(({ taux, plafond }) => ({ taux, plafond: plafond + ajout }))
  const mobilier = bareme.patrimoineMobilier + ajout
  const immobilier = bareme.patrimoineImmobilier + majoration(bareme.patrimoineImmobilier, situation.personnes)
  const tranche = tranches.find(({ plafond }) => situation.revenu <= plafond)
  const depassement =
    situation.patrimoineMobilier > mobilier
      ? 'patrimoine mobilier'
      : situation.patrimoineImmobilier > immobilier
        ? 'patrimoine immobilier'
        : tranche === undefined
          ? 'revenu'
          : null
  return {
    taux: depassement === null ? (tranche?.taux ?? 0) : 0,
    tranches,
    patrimoineMobilier: mobilier,
    patrimoineImmobilier: immobilier,
    depassement
  }
}

/** Yearly income taken when it changed since the last tax notice: twice six months, less 10 % (article 4). */
export function revenuAnnualise(revenusSixMois: number): number {
  return Math.round(revenusSixMois * 2 * 0.9)
}
