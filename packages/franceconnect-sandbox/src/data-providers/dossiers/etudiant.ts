/** A student's enrolment and grant; years are those of the present school year, which the answer computes. */
export interface DossierEtudiant {
  ine: string
  inscription: {
    regime: [code: 'RF1' | 'RF2' | 'RF3' | 'RF4' | 'RF5' | 'RF6' | 'RF7', libelle: string]
    commune: string
    uai: string
    etablissement: string
    est_inscrit: boolean
  }
  bourse?: {
    echelon: '0bis' | '1' | '2' | '3' | '4' | '5' | '6' | '7'
    regionaleProvisoire: boolean
    /** Months paid. */
    duree: number
    commune: string
    email: string
    /** Struck off on that day. */
    radiation?: string
  }
}
