/**
 * Scopes that FranceConnect serves, from its published configuration (release of February 2026). The list moves with
 * new habilitations: an absent scope is a doubt to settle, never a refusal.
 */
const identity =
  'openid gender birthdate birthcountry birthplace given_name family_name email preferred_username profile birth identite_pivot'

const lowOnly = 'idp_birthdate idp_id'

const plusOnly =
  'rnipp_given_name rnipp_family_name rnipp_gender rnipp_birthdate rnipp_birthplace rnipp_birthcountry rnipp_profile rnipp_birth rnipp_identite_pivot'

const dataOfBoth = [
  'dgfip_rfr dgfip_annee_n_moins_1 dgfip_annee_n_moins_2 dgfip_annee_n_moins_3 dgfip_annee_n_moins_2_si_indispo_n_moins_1',
  'dgfip_nbpart dgfip_sitfam dgfip_aft dgfip_nbpac dgfip_inddeficit dgfip_pariso dgfip_decl dgfip_pac dgfip_pac_nbPac',
  'dgfip_locaux_th dgfip_locaux_th_ident dgfip_locaux_th_Nat dgfip_locaux_th_Tax dgfip_locaux_th_Aff',
  'dgfip_nmUsaDec1 dgfip_nmNaiDec1 dgfip_prnmDec1 dgfip_dateNaisDec1',
  'dgfip_nmUsaDec2 dgfip_nmNaiDec2 dgfip_prnmDec2 dgfip_dateNaisDec2 dgfip_mntRevbareme dgfip_indiIFI',
  'dgfip_RevDecl_Cat1_Tspr dgfip_RevDecl_Cat1_RentOn dgfip_RevDecl_Cat2_Rcm dgfip_RevDecl_Cat3_PMV',
  'dgfip_RevDecl_Cat4_Ref dgfip_RevDecl_Cat5_NonSal dgfip_RevNets_Cat1_Tspr dgfip_RevNets_Cat1_RentOn',
  'dgfip_RevNets_Cat2_Rcm dgfip_RevNets_Cat3_PMV dgfip_RevNets_Cat4_Ref dgfip_RevNets_Cat5_NonSal',
  'dgfip_PaDeduc_EnfMaj dgfip_PaDeduc_Autres dgfip_EpargRetrDeduc',
  'droits_assurance_maladie cnam_beneficiaires cnam_contrats cnam_caisse cnam_exonerations cnam_medecin_traitant',
  'cnam_presence_medecin_traitant cnam_paiements_ij',
  'cnous_statut_boursier cnous_echelon_bourse cnous_email cnous_periode_versement cnous_statut_bourse',
  'cnous_ville_etudes cnous_identite'
].join(' ')

const dataOfLow = [
  'cnaf_quotient_familial cnaf_allocataires cnaf_enfants cnaf_adresse allocation_adulte_handicape',
  'allocation_soutien_familial prime_activite prime_activite_majoration revenu_solidarite_active',
  'revenu_solidarite_active_majoration complementaire_sante_solidaire mesri_identite mesri_admissions',
  'mesri_admission_inscrit mesri_admission_regime_formation mesri_admission_commune_etudes',
  'mesri_admission_etablissement_etude api_fc-liste-paiementsv1 api_fc-statutaugmentev1 mi_siv_carte_grise',
  'ants_extrait_immatriculation_vehicule_identite_particulier ants_extrait_immatriculation_vehicule_adresse_particulier',
  'ants_extrait_immatriculation_vehicule_statut_rattachement',
  'ants_extrait_immatriculation_vehicule_donnees_immatriculation_vehicule',
  'ants_extrait_immatriculation_vehicule_caracteristiques_techniques_vehicule dsnj_statut_service_national',
  'gip_mds_service_civique_statut_actuel gip_mds_service_civique_statut_passe',
  'gip_mds_service_civique_organisme_accueil gip_mds_service_civique_dates'
].join(' ')

const words = (...lists: string[]) => new Set(lists.join(' ').split(' '))

export const scopesOfFranceConnect = words(identity, lowOnly, dataOfBoth, dataOfLow)
export const scopesOfFranceConnectPlus = words(identity, plusOnly, dataOfBoth)
export const identityScopes = words(identity, lowOnly, plusOnly)

/** What a data provider needs to recognise a citizen: « identité pivot ». */
export const pivotScopes = ['given_name', 'family_name', 'birthdate', 'gender', 'birthplace', 'birthcountry'] as const

/** Aliases and the pivot scopes that each one brings. */
export const aliases: Readonly<Record<string, readonly string[]>> = {
  identite_pivot: pivotScopes,
  profile: ['given_name', 'family_name', 'birthdate', 'gender'],
  birth: ['birthplace', 'birthcountry'],
  rnipp_identite_pivot: pivotScopes,
  rnipp_profile: ['given_name', 'family_name', 'birthdate', 'gender'],
  rnipp_birth: ['birthplace', 'birthcountry']
}

/** Scopes that make every login fail, or that left the protocol with version 2. */
export const impossibleScopes: Readonly<Record<string, string>> = {
  amr: 'FranceConnect répond invalid_scope : amr se demande par le paramètre claims, après accord.',
  address: 'Ce scope n’existe plus depuis la version 2 de FranceConnect.',
  phone: 'Ce scope n’existe plus depuis la version 2 de FranceConnect.',
  offline_access: 'FranceConnect ne délivre pas de refresh token.'
}
