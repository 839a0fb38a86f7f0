import type { Citizen } from '../../citizens/citizen.ts'
import type { DossierEmploi } from '../dossiers/dossier.ts'
import { domicile } from '../dossiers/ordinaire.ts'

/** One resource of France Travail; `body` is undefined when there is nobody to speak of. */
export interface FranceTravailResource {
  api: string
  path: string
  scope: string
  body(file: DossierEmploi | undefined, citizen: Citizen, today: Date): unknown
}

const moment = (day: string) => `${day}T00:00:00+01:00`

/** The tenth of a month some months ago, when France Travail pays. */
function payday(today: Date, monthsAgo: number): string {
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - monthsAgo, 10)).toISOString().slice(0, 10)
}

function statut(file: DossierEmploi | undefined, citizen: Citizen) {
  if (!file) return undefined
  const { register, provider } = citizen
  const { impots, insee } = domicile(citizen)
  const female = register.gender === 'female'
  return {
    etatCivil: {
      civilite: female ? 'Mme' : 'M.',
      nom: register.family_name.toUpperCase(),
      nomUsage: provider.preferred_username?.toUpperCase() ?? '',
      prenom: register.given_name_array[0]?.toUpperCase(),
      sexe: female ? 'F' : 'M',
      dateNaissance: moment(register.birthdate),
      codeCertificationCNAV: 'VC'
    },
    modalitesContact: {
      ...(file.telephone && { telephone: file.telephone }),
      ...(file.email && { email: file.email, codeValiditeEmail: 'O' })
    },
    adresse: {
      ligneNom: `${register.family_name} ${register.given_name_array[0]}`.toUpperCase(),
      ligneVoie: impots.voie,
      codePostal: impots.codePostal,
      localite: impots.commune,
      inseecommune: insee
    },
    situationInscription: {
      dateInscription: moment(file.inscription),
      dateCessationInscription: moment(file.cessation),
      categorieInscription: file.categorie[0],
      libellecategorieInscription: file.categorie[1]
    }
  }
}

function paiements(file: DossierEmploi | undefined, _citizen: Citizen, today: Date) {
  if (!file?.paiements.length) return { statutInscription: file?.inscrit ?? false }
  return {
    statutInscription: file.inscrit,
    listePaiement: file.paiements.map(([monthsAgo, allocations, aides]) => ({
      date_paiement: moment(payday(today, monthsAgo)),
      montant_paiement: Math.round((allocations + aides) * 100) / 100,
      allocations,
      aides,
      autres_paiements: 0
    }))
  }
}

/** The two resources of France Travail that were open to FranceConnect; whether they still are is not public. */
export const resources: FranceTravailResource[] = [
  {
    api: 'france-travail/statut',
    path: '/partenaire/fc-statutaugmente/v1/statut',
    scope: 'api_fc-statutaugmentev1',
    body: statut
  },
  {
    api: 'france-travail/paiements',
    path: '/partenaire/fc-liste-paiements/v1/',
    scope: 'api_fc-liste-paiementsv1',
    body: paiements
  }
]
