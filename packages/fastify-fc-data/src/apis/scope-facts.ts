/** What is known of a scope, each fact with the day of its source (`YYYY-MM-DD`). */
export interface ScopeFacts {
  /** Whether DataPass grants it; `null` where its forms list no scope of this body. A scope not granted fails every login. */
  readonly dataPass: { readonly granted: boolean | null; readonly on: string }
  /** Whether FranceConnect knows it: one that it does not know is dropped without a word. */
  readonly franceConnect: { readonly known: boolean; readonly on: string }
  readonly note?: string
}

/** etalab/data_pass@c3a17f12. */
const DATAPASS = '2026-08-06'
/** france-connect/sources@fbf65bf8, back/libs/scopes. */
const FRANCECONNECT = '2026-02-24'

type Doubt = [granted: boolean | null, known: boolean, note?: string]

const UNKNOWN_TO_FRANCECONNECT: Doubt = [
  true,
  false,
  'FranceConnect’s public source ignores it: when the citizen’s token comes back without it, ask FranceConnect’s support.'
]
const NO_FORM: Doubt = [false, true, 'In no form of DataPass: how to be entitled to it is unknown.']
const NOT_OFFERED: Doubt = [false, true, 'Not offered by DataPass.']
const WITHOUT_SCOPES: Doubt = [null, true, 'The forms of DataPass for the CNAM list no scope: its convention says.']

/** The scopes on which the lists disagree, by name or by beginning (`…*`). Every other one is granted and known. */
const DOUBTS: Readonly<Record<string, Doubt>> = {
  cnous_statut_bourse: [false, true, 'Removed from DataPass on 6 August 2026. It opens no field of v5.'],
  cnav_foyer_rsa: [false, false, 'Announced with its API, in neither list.'],
  'gip_mds_*': NO_FORM,
  cnav_allocation_enfant_handicape: UNKNOWN_TO_FRANCECONNECT,
  cnav_allocation_rentree_scolaire: UNKNOWN_TO_FRANCECONNECT,
  'cnav_participation_familiale_eaje_*': UNKNOWN_TO_FRANCECONNECT,
  cnous_ine: UNKNOWN_TO_FRANCECONNECT,
  mesri_admission_etablissement_etudes: [
    true,
    false,
    'DataPass and API Particulier spell it so, FranceConnect without the last letter: give the spelling of your habilitation.'
  ],
  mesri_admission_etablissement_etude: [
    false,
    true,
    'FranceConnect’s spelling of mesri_admission_etablissement_etudes.'
  ],
  dgfip_rbg: UNKNOWN_TO_FRANCECONNECT,
  dgfip_IndLep: UNKNOWN_TO_FRANCECONNECT,
  dgfip_annee_df_au_3112_si_deces_ctb_mp: UNKNOWN_TO_FRANCECONNECT,
  dgfip_nbpac: NOT_OFFERED,
  dgfip_decl: NOT_OFFERED,
  'dgfip_locaux_th*': NOT_OFFERED,
  'dgfip_RevDecl_*': [true, true, 'Deprecated by DataPass since 20 May 2025.'],
  'dgfip_RevNets_*': [true, true, 'Deprecated by DataPass since 20 May 2025.'],
  'dgfip_PaDeduc_*': [true, true, 'Deprecated by DataPass since 20 May 2025.'],
  dgfip_EpargRetrDeduc: [true, true, 'Deprecated by DataPass since 20 May 2025.'],
  droits_assurance_maladie: WITHOUT_SCOPES,
  'cnam_*': WITHOUT_SCOPES,
  'api_fc-*': NO_FORM
}

function doubtOf(scope: string): Doubt | undefined {
  const begins = Object.keys(DOUBTS).find((name) => name.endsWith('*') && scope.startsWith(name.slice(0, -1)))
  return DOUBTS[Object.hasOwn(DOUBTS, scope) ? scope : (begins ?? '')]
}

export function factsOf(scope: string): ScopeFacts {
  const [granted, known, note] = doubtOf(scope) ?? [true, true]
  return {
    dataPass: { granted, on: DATAPASS },
    franceConnect: { known, on: FRANCECONNECT },
    ...(note === undefined ? {} : { note })
  }
}
