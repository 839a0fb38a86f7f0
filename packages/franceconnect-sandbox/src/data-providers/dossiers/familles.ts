import type { Citizen } from '../../citizens/citizen.ts'
import type { Dossier } from './dossier.ts'
import { assurance, domicile, salaire } from './ordinaire.ts'
import { bornAgo, declarant, nirOf, personne, proche } from './portrait.ts'

/** Two parents, three children, two declarants. */
export function familleNombreuse(citizen: Citizen, today: Date): Dossier {
  const { caf, impots } = domicile(citizen)
  const nom = citizen.register.family_name
  const conjointe = { ...proche('LAMBERT', 'SOPHIE', 'F', '1982-09-03', '69381'), nom_usage: nom }
  const enfants = [
    proche(nom, 'JULES', 'M', '2012-01-30', '69383'),
    proche(nom, 'ALICE ROSE', 'F', '2015-06-08', '69383'),
    proche(nom, 'GABRIEL', 'M', bornAgo(2, '03-21', today), '69383')
  ]
  const annee = (wage: number) => ({
    ...salaire(wage, 4, { F: 3 }),
    revenus: [
      { categorie: 'tspr' as const, code: '1AJ', valeur: wage - 15_000 },
      { categorie: 'tspr' as const, code: '1BJ', valeur: 15_000 }
    ]
  })
  return {
    allocataire: {
      fournisseur: 'CNAF',
      allocataires: [personne(citizen), conjointe],
      enfants,
      adresse: caf,
      quotient: 1_135,
      ressources: 43_200,
      rentreeScolaire: { status: 'non_beneficiaire', date_debut_droit: null }
    },
    complementaireSante: null,
    fiscal: {
      situation: 'M',
      declarants: [
        declarant(citizen),
        {
          nom: 'LAMBERT',
          nomUsage: nom,
          prenoms: 'SOPHIE',
          naissance: '1982-09-03',
          departement: '69',
          lieu: '69381',
          spi: '3000000000001'
        }
      ],
      adresse: impots,
      annees: { 1: annee(48_000), 2: annee(46_500), 3: annee(45_900) },
      ifi: false,
      locaux: [{ commune: '69383', voie: impots.voie, numero: '', nature: 'MA', invariant: '3830001234A' }]
    },
    assurance: assurance(citizen, {
      medecin: { nom: 'BERNARD', prenom: 'CLAUDE', numero_am: '691234567', date_debut: '2015-01-15' },
      beneficiaires: enfants.map((enfant, index) => ({
        nir: nirOf(enfant.sexe === 'F' ? 'female' : 'male', enfant.date_naissance, '69383', 210 + index),
        nom: enfant.nom_naissance,
        prenom: enfant.prenoms,
        date_naissance: enfant.date_naissance,
        qualite: 'enfant',
        rang: 1
      }))
    })
  }
}

/** Married last year: two notices for that year, two declarants, no child. */
export function couple(citizen: Citizen): Dossier {
  const { caf, impots } = domicile(citizen)
  return {
    allocataire: {
      fournisseur: 'CNAF',
      allocataires: [personne(citizen), proche('DUBOIS', 'HÉLÈNE', 'F', '1971-04-02', '95127')],
      enfants: [],
      adresse: caf,
      quotient: 1_874,
      ressources: 44_980
    },
    complementaireSante: null,
    fiscal: {
      situation: 'M',
      declarants: [
        declarant(citizen),
        {
          nom: 'DUBOIS',
          nomUsage: '',
          prenoms: 'HÉLÈNE',
          naissance: '1971-04-02',
          departement: '95',
          lieu: '95127',
          spi: '3000000000002'
        }
      ],
      adresse: impots,
      annees: { 1: salaire(61_000, 2), 2: salaire(33_000), 3: salaire(32_400) },
      mariage: { jour: '06-18', avant: salaire(15_400) },
      ifi: false,
      locaux: []
    },
    assurance: assurance(citizen)
  }
}

/** Alone with two children, at the MSA, born abroad. */
export function parentIsole(citizen: Citizen): Dossier {
  const { caf, impots } = domicile(citizen)
  const nom = citizen.register.family_name
  const annee = (wage: number) => ({ ...salaire(wage, 2.5, { F: 2 }), parentIsole: true })
  return {
    allocataire: {
      fournisseur: 'MSA',
      allocataires: [personne(citizen)],
      enfants: [proche(nom, 'SAMI', 'M', '2011-07-12', '84007'), proche(nom, 'LEÏLA', 'F', '2014-12-01', '84007')],
      adresse: caf,
      quotient: 412,
      ressources: 14_830,
      rentreeScolaire: { status: 'allocataire', date_debut_droit: '2026-08-01' },
      soutienFamilial: '2022-11-01',
      primeActivite: { date_debut_droit: '2023-03-01', avec_majoration: true }
    },
    complementaireSante: { date_debut_droit: '2026-03-01', avec_participation: false },
    fiscal: {
      situation: 'D',
      declarants: [declarant(citizen)],
      adresse: impots,
      annees: { 1: annee(16_500), 2: annee(15_900), 3: annee(15_100) },
      ifi: false,
      locaux: []
    },
    emploi: {
      inscrit: false,
      inscription: '2022-10-03',
      cessation: '2023-02-28',
      categorie: ['1', "Personne sans emploi, immédiatement disponible, tenue d'accomplir des actes positifs"],
      paiements: []
    }
  }
}
