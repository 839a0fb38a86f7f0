import type { Citizen } from '../../citizens/citizen.ts'
import { adresse } from './allocataire.ts'
import type { Dossier, DossierAssurance } from './dossier.ts'
import type { AnneeFiscale } from './fiscal.ts'
import { ageAt, declarant, nir, personne, seedOf } from './portrait.ts'

const voies = ['RUE DE LA MAIRIE', 'RUE DES ÉCOLES', 'PLACE DE LA RÉPUBLIQUE', 'CHEMIN DU MOULIN', 'RUE PASTEUR']

/** Post code, name and INSEE code of the towns that people live in. */
const villes = [
  ['35000', 'RENNES', '35238'],
  ['59000', 'LILLE', '59350'],
  ['67000', 'STRASBOURG', '67482'],
  ['44000', 'NANTES', '44109'],
  ['34000', 'MONTPELLIER', '34172']
] as const

/** People whose address says something of their situation. */
const connus: Record<string, readonly [voie: string, codePostal: string, commune: string, insee: string]> = {
  test: ['12 RUE DE GRENELLE', '75007', 'PARIS', '75107'],
  plusieurs_prénoms_3: ['5 PLACE BELLECOUR', '69003', 'LYON', '69383'],
  naissance_Algérie: ['31 CHEMIN DES VIGNES', '84000', 'AVIGNON', '84007'],
  étudiante_boursière: ['40 RUE DES UNIVERSITÉS', '38000', 'GRENOBLE', '38185']
}

/** Where a citizen lives, the same in every file. */
export function domicile({ id, register }: Citizen) {
  const seed = seedOf(id)
  const somewhere = [`${1 + (seed % 98)} ${voies[seed % voies.length]}`, ...villes[seed % villes.length]!] as const
  const [voie, codePostal, commune, insee] = (Object.hasOwn(connus, id) && connus[id]) || somewhere
  const title = register.gender === 'female' ? 'Madame' : 'Monsieur'
  const destinataire = `${title} ${register.family_name} ${register.given_name_array[0]}`.toUpperCase()
  return {
    caf: adresse(destinataire, voie, `${codePostal} ${commune}`),
    impots: { complement: '', voie, commune, codePostal },
    insee
  }
}

/** The income tax of somebody who only earns a wage. Net of the ten per cent for work expenses. */
export function salaire(declared: number, parts = 1, charge: AnneeFiscale['charge'] = {}): AnneeFiscale {
  const net = Math.round(declared * 0.9)
  return {
    rfr: net,
    brut: net,
    parts,
    charge,
    impot: Math.max(0, Math.round((net / parts - 11_497) * 0.11 * parts)),
    revenus: declared === 0 ? [] : [{ categorie: 'tspr', code: '1AJ', valeur: declared }]
  }
}

/** Membership of the general scheme, in one's own right. */
export function assurance(citizen: Citizen, more: Partial<DossierAssurance> = {}): DossierAssurance {
  const { codePostal, commune, voie } = domicile(citizen).impots
  const departement = codePostal.slice(0, 2)
  return {
    nir: nir(citizen),
    rang: 1,
    cmuc: false,
    beneficiaires: [],
    caisse: { id: `${departement}1`, libelle: `CPAM ${commune}`, centre: '0000', codePostal, commune, voie },
    exonerations: [],
    ...more
  }
}

/** Somebody about whom there is nothing particular to say: one wage, one share, the general scheme. */
export function ordinaire(citizen: Citizen, today: Date): Dossier {
  const { birthdate } = citizen.register
  const age = ageAt(birthdate, today)
  const young: Dossier = age >= 16 && age <= 25 ? { serviceNational: { statut: 'en_regle', commentaires: null } } : {}
  if (age < 18) return young
  const wage = 14_000 + (seedOf(citizen.id) % 340) * 100
  const { caf, impots } = domicile(citizen)
  return {
    ...young,
    allocataire: {
      fournisseur: 'CNAF',
      allocataires: [personne(citizen)],
      enfants: [],
      adresse: caf,
      quotient: Math.round(wage / 12),
      ressources: wage,
      ...(wage < 22_000 && { primeActivite: { date_debut_droit: '2025-02-01', avec_majoration: false } })
    },
    complementaireSante: wage < 16_000 ? { date_debut_droit: '2026-01-01', avec_participation: true } : null,
    fiscal: {
      situation: 'C',
      declarants: [declarant(citizen)],
      adresse: impots,
      annees: { 1: salaire(wage), 2: salaire(wage - 400), 3: salaire(wage - 900) },
      ifi: false,
      locaux: []
    },
    assurance: assurance(citizen)
  }
}
