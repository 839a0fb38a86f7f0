export interface Personne {
  nom_naissance: string
  nom_usage: string | null
  prenoms: string
  date_naissance: string
  sexe: 'F' | 'M'
  code_cog_insee_commune_naissance: string | null
}

export interface Adresse {
  destinataire: string
  complement_information: string | null
  complement_information_geographique: string | null
  numero_libelle_voie: string | null
  lieu_dit: string | null
  code_postal_ville: string
  pays: string
}

/** Answer of the two benefits paid for a child: who draws it, or not. */
export interface StatutEnfant {
  status: 'allocataire' | 'ouvrant_droit' | 'non_beneficiaire'
  date_debut_droit: string | null
}

/** The file of a family at the CAF or the MSA; a benefit left out is not drawn. */
export interface DossierAllocataire {
  fournisseur: 'CNAF' | 'MSA'
  allocataires: Personne[]
  enfants: Personne[]
  adresse: Adresse
  /** Quotient familial of the current month, in euros. */
  quotient: number
  adulteHandicape?: string
  enfantHandicape?: StatutEnfant
  rentreeScolaire?: StatutEnfant
  soutienFamilial?: string
  primeActivite?: { date_debut_droit: string; avec_majoration: boolean }
  revenuSolidarite?: { date_debut_droit: string; avec_majoration: boolean }
  /** Yearly resources counted for the day nursery's price, in euros. */
  ressources: number
  enfantsAeeh?: number
}

/** A postal address as the CAF prints it. */
export function adresse(destinataire: string, voie: string, ville: string): Adresse {
  return {
    destinataire,
    complement_information: null,
    complement_information_geographique: null,
    numero_libelle_voie: voie,
    lieu_dit: null,
    code_postal_ville: ville,
    pays: 'FRANCE'
  }
}
