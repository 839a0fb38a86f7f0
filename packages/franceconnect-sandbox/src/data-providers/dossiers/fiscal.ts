export interface Declarant {
  nom: string
  nomUsage: string
  prenoms: string
  /** `YYYY-MM-DD`. */
  naissance: string
  /** Département and commune of birth, in words. */
  departement: string
  lieu: string
  spi: string
}

/** The income tax of one year. Amounts in euros. */
export interface AnneeFiscale {
  rfr: number
  brut: number
  parts: number
  /** Number of dependants, by the letters of the tax form: F children, G disabled, H shared custody, R others. */
  charge: { F?: number; G?: number; H?: number; I?: number; R?: number; J?: number; N?: number; P?: number }
  impot: number
  pensionAlimentaire?: number
  parentIsole?: boolean
  deficit?: boolean
  /** Declared incomes, by category and box of the tax form. */
  revenus: { categorie: 'tspr' | 'rcm' | 'pv' | 'fonc' | 'pro' | 'chges' | 'rici'; code: string; valeur: number }[]
}

export interface DossierFiscal {
  /** M married, O PACS, D divorced, C single, V widowed. */
  situation: 'M' | 'O' | 'D' | 'C' | 'V'
  declarants: [Declarant] | [Declarant, Declarant]
  adresse: { complement: string; voie: string; commune: string; codePostal: string }
  /** By age: 1 is the income of last year (N-1). A year left out has no tax notice yet. */
  annees: Partial<Record<1 | 2 | 3, AnneeFiscale>>
  /** Married last year, on a day `MM-DD`: two notices for that year, and single in the years before. */
  mariage?: { jour: string; avant: AnneeFiscale }
  ifi: boolean
  locaux: { commune: string; voie: string; numero: string; nature: string; invariant: string }[]
}
