/** The scopes of API Impôt Particulier: years, then data. They cannot all be asked together. */
const scopesImpotParticulier = [
  'dgfip_annee_n_moins_1',
  'dgfip_annee_n_moins_2',
  'dgfip_annee_n_moins_3',
  'dgfip_annee_n_moins_2_si_indispo_n_moins_1',
  'dgfip_rfr',
  'dgfip_nbpart',
  'dgfip_sitfam',
  'dgfip_aft',
  'dgfip_pac_nbPac',
  'dgfip_nbpac',
  'dgfip_pac',
  'dgfip_pariso',
  'dgfip_inddeficit',
  'dgfip_indiIFI',
  'dgfip_mntRevbareme',
  'dgfip_decl',
  'dgfip_nmUsaDec1',
  'dgfip_nmNaiDec1',
  'dgfip_prnmDec1',
  'dgfip_dateNaisDec1',
  'dgfip_nmUsaDec2',
  'dgfip_nmNaiDec2',
  'dgfip_prnmDec2',
  'dgfip_dateNaisDec2',
  'dgfip_locaux_th',
  'dgfip_locaux_th_ident',
  'dgfip_locaux_th_Nat',
  'dgfip_locaux_th_Tax',
  'dgfip_locaux_th_Aff',
  'dgfip_RevDecl_Cat1_Tspr',
  'dgfip_RevDecl_Cat1_RentOn',
  'dgfip_RevDecl_Cat2_Rcm',
  'dgfip_RevDecl_Cat3_PMV',
  'dgfip_RevDecl_Cat4_Ref',
  'dgfip_RevDecl_Cat5_NonSal',
  'dgfip_RevNets_Cat1_Tspr',
  'dgfip_RevNets_Cat1_RentOn',
  'dgfip_RevNets_Cat2_Rcm',
  'dgfip_RevNets_Cat3_PMV',
  'dgfip_RevNets_Cat4_Ref',
  'dgfip_RevNets_Cat5_NonSal',
  'dgfip_PaDeduc_EnfMaj',
  'dgfip_PaDeduc_Autres',
  'dgfip_EpargRetrDeduc'
] as const

/** Scopes that DataPass offers for it and that FranceConnect does not know. */
const autresScopes = ['dgfip_rbg', 'dgfip_IndLep', 'dgfip_annee_df_au_3112_si_deces_ctb_mp'] as const

/** What the scopes open. Public documentation names them after the members of the answer, without a table. */
const champsImpotParticulier = {
  'dgfip_annee_*': 'the income years that may be read; at least one is mandatory',
  dgfip_rfr: 'rfr',
  dgfip_nbpart: 'nbPart',
  dgfip_sitfam: 'sitFam',
  dgfip_aft: 'aft, aftDetail'
} as const

export const noteScopes =
  'At least one dgfip_annee_* scope is mandatory, and dgfip_annee_n_moins_2_si_indispo_n_moins_1 excludes the other years (rules of DataPass). The dgfip_RevDecl_*, dgfip_RevNets_*, dgfip_PaDeduc_* and dgfip_EpargRetrDeduc scopes are deprecated since 20 May 2025.'

export const note404 =
  'A 404 or 410 in JSON is read as "no tax file for this person and this year": no specification says so, an integrator met it.'

/** What every resource of API Impôt Particulier has in common. */
export const impotParticulier = {
  producer: 'DGFiP',
  provider: 'dgfip',
  status: 'available',
  statusNote:
    'Open on DataPass in August 2026 with the FranceConnect modality; the public swagger last changed on 30 April 2024.',
  version: '1.0',
  scopes: scopesImpotParticulier,
  otherScopes: autresScopes,
  fields: champsImpotParticulier,
  scopesRequired: true,
  sources: [
    'betagouv/api.gouv.fr@58a95fa5:public/swaggers/api-impot-particulier.json',
    'betagouv/api.gouv.fr:_data/api/impot-particulier.md (7 Nov 2024)',
    'etalab/data_pass@c3a17f12:config/authorization_definitions/dgfip.yml + dgfip_extensions/*'
  ]
} as const
