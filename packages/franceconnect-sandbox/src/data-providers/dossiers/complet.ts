import type { Citizen } from '../../citizens/citizen.ts'
import type { Dossier } from './dossier.ts'
import { assurance, domicile, salaire } from './ordinaire.ts'
import { bornAgo, declarant, nirOf, personne, proche } from './portrait.ts'

const enfant = proche('DUBOIS', 'LUCIE MARIE', 'F', '2008-02-29', '75114')

/** Of an age to go to a day nursery. */
const accueilli = (today: Date) => proche('DUBOIS', 'NOÉ', 'M', bornAgo(4, '05-14', today), '75114')

/** A file everywhere: every data API has something to say of this person, but for what age forbids. */
export function complet(citizen: Citizen, today: Date): Dossier {
  const { caf, impots } = domicile(citizen)
  return {
    allocataire: {
      fournisseur: 'CNAF',
      allocataires: [personne(citizen)],
      enfants: [enfant, accueilli(today)],
      adresse: { ...caf, complement_information: 'BÂTIMENT B' },
      quotient: 872,
      ressources: 18_420,
      enfantsAeeh: 1,
      adulteHandicape: '2019-05-01',
      enfantHandicape: { status: 'allocataire', date_debut_droit: '2021-09-01' },
      rentreeScolaire: { status: 'allocataire', date_debut_droit: '2026-08-01' },
      soutienFamilial: '2020-01-01',
      primeActivite: { date_debut_droit: '2024-04-01', avec_majoration: true },
      revenuSolidarite: { date_debut_droit: '2024-01-01', avec_majoration: true }
    },
    complementaireSante: { date_debut_droit: '2025-10-01', avec_participation: true },
    etudiant: {
      ine: '0123456789A',
      inscription: {
        regime: ['RF5', 'formation continue'],
        commune: '75105',
        uai: '0755976N',
        etablissement: 'UNIVERSITÉ PARIS-PANTHÉON-ASSAS',
        est_inscrit: true
      },
      bourse: {
        echelon: '5',
        regionaleProvisoire: false,
        duree: 10,
        commune: 'PARIS',
        email: 'angela.dubois@etudiante.example'
      }
    },
    serviceCivique: {
      actuel: {
        siret: '21750001600019',
        raison_sociale: 'VILLE DE PARIS',
        debut: '2026-03-01',
        fin: '2027-02-28'
      },
      passe: {
        siret: '13002526500013',
        raison_sociale: 'DIRECTION INTERMINISTÉRIELLE DU NUMÉRIQUE',
        debut: '2024-09-01',
        fin: '2025-05-31'
      }
    },
    fiscal: {
      situation: 'D',
      declarants: [declarant(citizen)],
      adresse: { ...impots, complement: 'BÂTIMENT B' },
      annees: {
        1: {
          ...salaire(20_466, 1.5, { F: 1 }),
          parentIsole: true,
          pensionAlimentaire: 2_400,
          revenus: [
            { categorie: 'tspr', code: '1AJ', valeur: 18_066 },
            { categorie: 'tspr', code: '1AO', valeur: 2_400 },
            { categorie: 'rcm', code: '2TR', valeur: 85 },
            { categorie: 'fonc', code: '4BE', valeur: 1_200 }
          ]
        },
        2: { ...salaire(19_800, 1.5, { F: 1 }), parentIsole: true },
        3: salaire(19_000, 1.5, { F: 1 })
      },
      ifi: true,
      locaux: [{ commune: '75107', voie: 'RUE DE GRENELLE', numero: '12', nature: 'AP', invariant: '1070012345K' }]
    },
    assurance: assurance(citizen, {
      cmuc: true,
      medecin: { nom: 'LAENNEC', prenom: 'RENÉE', numero_am: '751234567', date_debut: '2018-11-05' },
      beneficiaires: [
        {
          nir: nirOf('female', enfant.date_naissance, '75114', 117),
          nom: enfant.nom_naissance,
          prenom: 'LUCIE',
          date_naissance: enfant.date_naissance,
          qualite: 'enfant',
          rang: 1
        }
      ],
      complementaire: { code: '89', libelle: 'Complémentaire santé solidaire', date_debut: '2025-10-01' },
      exonerations: [
        {
          code: 'INV',
          libelle: 'Invalidité',
          libelle_long: "Titulaire d'une pension d'invalidité",
          date_debut: '2019-05-01',
          date_fin: '2028-04-30'
        }
      ]
    }),
    emploi: {
      inscrit: true,
      inscription: '2026-01-12',
      cessation: '2028-01-12',
      categorie: ['1', "Personne sans emploi, immédiatement disponible, tenue d'accomplir des actes positifs"],
      telephone: '0601020304',
      email: 'angela.dubois@sandbox.example',
      paiements: [
        [1, 1_063.5, 0],
        [2, 1_029.2, 150],
        [3, 1_063.5, 0]
      ]
    }
  }
}
