import type { DossierAllocataire } from './allocataire.ts'
import type { DossierEtudiant } from './etudiant.ts'
import type { DossierFiscal } from './fiscal.ts'

/**
 * What the administrations know of one person. A part left out means that they hold no file on that person.
 * Amounts are in euros; dates are `YYYY-MM-DD`.
 */
export interface Dossier {
  /** CAF or MSA file. */
  allocataire?: DossierAllocataire
  /** Complémentaire santé solidaire; null: known to the health insurance, and not entitled. */
  complementaireSante?: { date_debut_droit: string; avec_participation: boolean } | null
  etudiant?: DossierEtudiant
  /** Answer of the DSNJ, which only knows people from 16 to 25. */
  serviceNational?: {
    statut: 'en_regle' | 'pas_en_regle' | 'indetermine' | 'non_concerne'
    commentaires: string | null
  }
  serviceCivique?: { actuel?: ContratServiceCivique; passe?: ContratServiceCivique }
  /** The fund that paid this person once and has no living file any more. */
  ancienneCaisse?: 'CNAF' | 'MSA'
  /** The family benefits and health insurance funds do not find this identity, or refuse it. */
  identiteRefusee?: 'inconnue' | 'civilité'
  fiscal?: DossierFiscal
  assurance?: DossierAssurance
  emploi?: DossierEmploi
}

export interface ContratServiceCivique {
  siret: string
  raison_sociale: string
  debut: string
  fin: string
}

/** Health insurance: the general scheme only, as the API says. */
export interface DossierAssurance {
  nir: string
  rang: number
  cmuc: boolean
  medecin?: { nom: string; prenom: string; numero_am: string; date_debut: string }
  beneficiaires: { nir: string; nom: string; prenom: string; date_naissance: string; qualite: string; rang: number }[]
  caisse: { id: string; libelle: string; centre: string; codePostal: string; commune: string; voie: string }
  complementaire?: { code: string; libelle: string; date_debut: string }
  exonerations: { code: string; libelle: string; libelle_long: string; date_debut: string; date_fin: string }[]
}

export interface DossierEmploi {
  inscrit: boolean
  inscription: string
  cessation: string
  categorie: [code: string, libelle: string]
  telephone?: string
  email?: string
  /** Payments of the last months, the latest first: months ago, allowance, other aids. */
  paiements: [mois: number, allocations: number, aides: number][]
}
