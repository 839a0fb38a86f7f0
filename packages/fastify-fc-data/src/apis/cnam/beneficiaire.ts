import { boolean, fields, integer, known, text } from '../fields.ts'

/** A beneficiary, as the resources of API Droits name it. */
export const beneficiaire = fields({
  date_naissance: text,
  medecin_traitant_choisi: boolean,
  nir: text,
  nom_famille: text,
  nom_usage: text,
  prenom: text,
  presence_CMUC_ACS: boolean,
  qualite: known(
    'assure',
    'concubin',
    'concubin_en_rupture',
    'pacse',
    'ex_pacse',
    'conjoint',
    'conjoint_separe',
    'conjoint_divorce',
    'conjoint_veuf',
    'parent',
    'enfant',
    'autre'
  ),
  rang_naissance: integer
})
