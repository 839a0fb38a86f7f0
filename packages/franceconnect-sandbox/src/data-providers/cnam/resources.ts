import type { Citizen } from '../../citizens/citizen.ts'
import type { DossierAssurance } from '../dossiers/dossier.ts'

/** A person covered by the citizen's insurance: the citizen, or somebody attached. */
export interface Beneficiaire {
  nir: string
  nom: string
  nomUsage: string
  prenom: string
  date_naissance: string
  qualite: string
  rang: number
}

/** One resource of "droits des bénéficiaires"; `aboutSomebody` ones name the person in a `nir` header. */
export interface CnamResource {
  api: string
  path: string
  aboutSomebody: boolean
  /** Scopes of which one must come with `droits_assurance_maladie`; read from their names, no list being public. */
  scopes: string[]
  body(file: DossierAssurance, person: Beneficiaire, period: { from: string; to: string }): unknown
}

/** The citizen first, then those attached. */
export function covered(file: DossierAssurance, { register, provider }: Citizen): [Beneficiaire, ...Beneficiaire[]] {
  const insured: Beneficiaire = {
    nir: file.nir,
    nom: register.family_name.toUpperCase(),
    nomUsage: provider.preferred_username?.toUpperCase() ?? '',
    prenom: register.given_name_array[0]?.toUpperCase() ?? '',
    date_naissance: register.birthdate,
    qualite: 'assure',
    rang: file.rang
  }
  return [insured, ...file.beneficiaires.map((person) => ({ ...person, nomUsage: '' }))]
}

const rights = (file: DossierAssurance, person: Beneficiaire) => ({
  date_naissance: person.date_naissance,
  medecin_traitant_choisi: file.medecin !== undefined,
  nir: person.nir,
  nom_famille: person.nom,
  nom_usage: person.nomUsage,
  prenom: person.prenom,
  presence_CMUC_ACS: file.cmuc,
  qualite: person.qualite,
  rang_naissance: person.rang
})

function fund({ caisse }: DossierAssurance) {
  const [numero_voie = '', type_voie = '', ...nom] = caisse.voie.split(' ')
  return {
    adresse: {
      code_postal: caisse.codePostal,
      commune: caisse.commune,
      complement_adresse: '',
      destinataire: caisse.libelle,
      indice_repetition: '',
      mention_distribution: '',
      nom_voie: nom.join(' '),
      numero_voie,
      point_remise: '',
      type_voie
    },
    codeCentre: caisse.centre,
    grandRegime: '01',
    id: caisse.id,
    libelle: caisse.libelle,
    organisme: caisse.id
  }
}

function contracts(file: DossierAssurance, period: { from: string; to: string }) {
  const open = [{ date_debut: period.from, date_fin: period.to }]
  const obligatory = {
    date_debut: period.from,
    date_fin: period.to,
    details: { code_type_contrat: '01', libelle_type_contrat: 'Régime général' },
    nature_assurance: 'AMO',
    periodes_droits: open
  }
  const { complementaire } = file
  if (!complementaire) return [obligatory]
  const details = { code_type_contrat: complementaire.code, libelle_type_contrat: complementaire.libelle }
  return [
    obligatory,
    {
      date_debut: complementaire.date_debut,
      date_fin: period.to,
      details,
      nature_assurance: 'AMC',
      periodes_droits: open
    }
  ]
}

const root = '/v1/droits/beneficiaires'

/** The seven resources of CNAM's published specification (2019). */
export const resources: CnamResource[] = [
  { api: 'cnam/droits-me', path: `${root}/me`, aboutSomebody: false, scopes: [], body: rights },
  {
    api: 'cnam/droits-beneficiaires',
    path: `${root}/me/beneficiaires`,
    aboutSomebody: false,
    scopes: ['cnam_beneficiaires'],
    body: (file) => file.beneficiaires.map((person) => rights(file, { ...person, nomUsage: '' }))
  },
  {
    api: 'cnam/droits-beneficiaire',
    path: root,
    aboutSomebody: true,
    scopes: ['cnam_beneficiaires'],
    body: rights
  },
  { api: 'cnam/droits-caisse', path: `${root}/caisse`, aboutSomebody: true, scopes: ['cnam_caisse'], body: fund },
  {
    api: 'cnam/droits-contrats',
    path: `${root}/contrats`,
    aboutSomebody: true,
    scopes: ['cnam_contrats'],
    body: (file, _person, period) => contracts(file, period)
  },
  {
    api: 'cnam/droits-exonerations',
    path: `${root}/exonerations`,
    aboutSomebody: true,
    scopes: ['cnam_exonerations'],
    body: (file) =>
      file.exonerations.map(({ code, libelle, libelle_long, date_debut, date_fin }) => ({
        date_debut,
        date_fin,
        motif: { code, libelle, libelle_long }
      }))
  },
  {
    api: 'cnam/droits-medecin-traitant',
    path: `${root}/medecin-traitant`,
    aboutSomebody: true,
    scopes: ['cnam_medecin_traitant', 'cnam_presence_medecin_traitant'],
    body: ({ medecin }) => medecin
  }
]
