import type { Citizen } from '../../citizens/citizen.ts'
import { adresse } from './allocataire.ts'
import type { Dossier, DossierAssurance } from './dossier.ts'
import type { AnneeFiscale } from './fiscal.ts'
import { ageAt, declarant, nir, personne, seedOf } from './portrait.ts'

const voies = ['RUE DE LA MAIRIE', 'RUE DES ÉCOLES', 'PLACE DE LA RÉPUBLIQUE', 'CHEMIN DU MOULIN', 'RUE PASTEUR']
const villes = ['35000 RENNES', '59000 LILLE', '69003 LYON', '44000 NANTES', '67000 STRASBOURG', '34000 MONTPELLIER']

/** Where a citizen lives, by a number of their own. */
export function domicile({ id, register }: Citizen) {
  const seed = seedOf(id)
  const voie = `${1 + (seed % 98)} ${voies[seed % voies.length]}`
  const ville = villes[seed % villes.length]!
  const title = register.gender === 'female' ? 'Madame' : 'Monsieur'
  const [codePostal = '', commune = ''] = ville.split(' ')
  return {
    caf: adresse(`${title} ${register.family_name} ${register.given_name}`.toUpperCase(), voie, ville),
    impots: { complement: '', voie, commune, codePostal }
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
