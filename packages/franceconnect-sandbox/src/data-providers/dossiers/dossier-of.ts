import type { Citizen } from '../../citizens/citizen.ts'
import { complet } from './complet.ts'
import type { Dossier } from './dossier.ts'
import { couple, familleNombreuse, parentIsole } from './familles.ts'
import { boursiere, mineur } from './jeunes.ts'
import { assurance, domicile, ordinaire, salaire } from './ordinaire.ts'
import { declarant, personne } from './portrait.ts'

/** No income at all, and what the law gives then. */
function sansRevenu(citizen: Citizen): Dossier {
  const { caf, impots } = domicile(citizen)
  return {
    allocataire: {
      fournisseur: 'CNAF',
      allocataires: [personne(citizen)],
      enfants: [],
      adresse: caf,
      quotient: 0,
      ressources: 0,
      revenuSolidarite: { date_debut_droit: '2025-06-01', avec_majoration: false }
    },
    complementaireSante: { date_debut_droit: '2025-07-01', avec_participation: false },
    fiscal: {
      situation: 'C',
      declarants: [declarant(citizen)],
      adresse: impots,
      annees: { 1: salaire(0), 2: salaire(0), 3: { ...salaire(9_600), deficit: true } },
      ifi: false,
      locaux: []
    },
    assurance: assurance(citizen, { cmuc: true }),
    emploi: {
      inscrit: true,
      inscription: '2025-05-19',
      cessation: '2027-05-19',
      categorie: ['1', "Personne sans emploi, immédiatement disponible, tenue d'accomplir des actes positifs"],
      paiements: []
    }
  }
}

/** Last year's tax notice does not exist yet. */
function declareEnRetard(citizen: Citizen, today: Date): Dossier {
  const { fiscal, ...rest } = ordinaire(citizen, today)
  if (!fiscal) return rest
  const { 1: _late, ...annees } = fiscal.annees
  return { ...rest, fiscal: { ...fiscal, annees } }
}

/** Drew family benefits once, and no longer does. */
function sorti(ancienneCaisse: Dossier['ancienneCaisse']) {
  return (citizen: Citizen, today: Date): Dossier => {
    const { allocataire: _closed, ...rest } = ordinaire(citizen, today)
    return { ...rest, ancienneCaisse }
  }
}

const dossiers: Record<string, (citizen: Citizen, today: Date) => Dossier> = {
  test: complet,
  avec_nom_dusage: couple,
  plusieurs_prénoms_3: familleNombreuse,
  prénom_composé: sansRevenu,
  naissance_Algérie: parentIsole,
  étudiante_boursière: boursiere,
  moins_16_ans: () => ({}),
  moins_18_ans: mineur,
  sans_dossier: () => ({}),
  test_CORSE_2A: declareEnRetard,
  caractères_spéciaux: sorti('CNAF'),
  identité_divergente: sorti('MSA')
}

/** What the funds cannot use in an identity: a sex not stated, a birthdate of which a part is presumed. */
function refusedBy({ register, provider }: Citizen): Dossier['identiteRefusee'] {
  if (register.gender === 'unspecified') return 'civilité'
  return /-00(-|$)/.test(provider.birthdate) ? 'inconnue' : undefined
}

/**
 * The file of a citizen: one written for that person, or an ordinary one made from the identity. Somebody whose
 * identity the funds refuse is still known to the taxes.
 */
export function dossierOf(citizen: Citizen | undefined, today: Date): Dossier | undefined {
  if (!citizen) return undefined
  const written = Object.hasOwn(dossiers, citizen.id) ? dossiers[citizen.id] : undefined
  if (written) return written(citizen, today)
  const refused = refusedBy(citizen)
  return refused ? { fiscal: ordinaire(citizen, today).fiscal, identiteRefusee: refused } : ordinaire(citizen, today)
}
