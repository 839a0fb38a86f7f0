import type { Citizen } from '../../citizens/citizen.ts'
import type { Dossier } from './dossier.ts'
import { assurance, domicile, salaire } from './ordinaire.ts'
import { declarant, personne } from './portrait.ts'

/** A student with a grant, a first wage and a service civique behind her. */
export function boursiere(citizen: Citizen): Dossier {
  const { caf, impots } = domicile(citizen)
  return {
    allocataire: {
      fournisseur: 'CNAF',
      allocataires: [personne(citizen)],
      enfants: [],
      adresse: { ...caf, complement_information: 'RÉSIDENCE UNIVERSITAIRE, CHAMBRE 214' },
      quotient: 240,
      ressources: 2_900
    },
    complementaireSante: { date_debut_droit: '2025-11-01', avec_participation: false },
    etudiant: {
      ine: '2504987651B',
      inscription: {
        regime: ['RF1', 'formation initiale'],
        commune: '38185',
        uai: '0384318G',
        etablissement: 'UNIVERSITÉ GRENOBLE ALPES',
        est_inscrit: true
      },
      bourse: {
        echelon: '7',
        regionaleProvisoire: false,
        duree: 10,
        commune: 'GRENOBLE',
        email: 'manon.girard@etudiante.example'
      }
    },
    serviceNational: { statut: 'en_regle', commentaires: null },
    serviceCivique: {
      passe: { siret: '21380185500015', raison_sociale: 'VILLE DE GRENOBLE', debut: '2023-10-01', fin: '2024-05-31' }
    },
    fiscal: {
      situation: 'C',
      declarants: [declarant(citizen)],
      adresse: impots,
      annees: { 1: salaire(2_900), 2: salaire(0) },
      ifi: false,
      locaux: []
    },
    assurance: assurance(citizen)
  }
}

/** Between sixteen and eighteen: called up to the Journée défense et citoyenneté, and no file of one's own elsewhere. */
export function mineur(): Dossier {
  return { serviceNational: { statut: 'pas_en_regle', commentaires: "N'a pas participé à la JDC" } }
}
