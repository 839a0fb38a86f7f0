import type { Dossier } from '../dossiers/dossier.ts'
import type { DossierEtudiant } from '../dossiers/etudiant.ts'
import { notFound, unprocessable } from './errors.ts'
import type { Finding, Question, Resource } from './resource.ts'

/** Year in which the present school year began. */
function schoolYear(today: Date): number {
  return today.getUTCFullYear() - (today.getUTCMonth() < 8 ? 1 : 0)
}

const statutEtudiant: Resource = {
  api: 'mesri/statut-etudiant',
  path: '/v3/mesri/statut_etudiant/france_connect',
  prefix: '25',
  fields: [
    ['admissions.date_debut', 'mesri_admissions'],
    ['admissions.date_fin', 'mesri_admissions'],
    ['admissions.est_inscrit', 'mesri_admission_inscrit'],
    ['admissions.regime_formation', 'mesri_admission_regime_formation'],
    ['admissions.code_cog_insee_commune', 'mesri_admission_commune_etudes'],
    ['admissions.etablissement_etudes', 'mesri_admission_etablissement_etudes']
  ],
  idle: ['mesri_identite'],
  find(dossier, { today }) {
    const file = dossier?.etudiant
    if (!file) return { error: notFound('25', 'Entité non trouvée', "Aucun étudiant n'a pu être trouvé.") }
    const year = schoolYear(today)
    const { regime, commune, uai, etablissement, est_inscrit } = file.inscription
    const admission = {
      date_debut: `${year}-09-01`,
      date_fin: `${year + 1}-08-31`,
      est_inscrit,
      regime_formation: { libelle: regime[1], code: regime[0] },
      code_cog_insee_commune: commune,
      etablissement_etudes: { uai, nom: etablissement }
    }
    return { data: { admissions: [admission] } }
  }
}

function grant(dossier: Dossier | undefined, { query, today }: Question) {
  const file = dossier?.etudiant
  const present = schoolYear(today)
  const year = query.has('campaignYear') ? Number(query.get('campaignYear')) : present
  return file?.bourse && (year === present || year === present - 1) ? { file, bourse: file.bourse, year } : undefined
}

type Grant = { file: DossierEtudiant; bourse: NonNullable<DossierEtudiant['bourse']>; year: number }

/** One version of the grant's data set: they differ by the status and the INE. */
function etudiantBoursier(
  version: 'v3' | 'v4' | 'v5',
  status: Resource['fields'],
  read: (grant: Grant) => Record<string, unknown>
): Resource {
  return {
    api: `cnous/etudiant-boursier${version === 'v5' ? '' : `@${version}`}`,
    path: `/${version}/cnous/etudiant_boursier/france_connect`,
    prefix: '26',
    fields: [
      ...status,
      ['echelon_bourse', 'cnous_echelon_bourse'],
      ['email', 'cnous_email'],
      ['periode_versement_bourse', 'cnous_periode_versement'],
      ['etablissement_etudes', 'cnous_ville_etudes']
    ],
    idle: ['cnous_statut_bourse', 'cnous_identite'],

    refuse({ query }) {
      const year = query.get('campaignYear')
      if (version === 'v3' || year === null || (/^\d{4}$/.test(year) && Number(year) >= 2021)) return undefined
      const detail =
        "L'année de campagne (campaignYear) n'est pas correctement formatée: doit être une année sur 4 chiffres supérieure ou égale à 2021"
      return unprocessable('00368', detail, 'campaignYear')
    },

    find(dossier, question): Finding {
      const found = grant(dossier, question)
      if (!found) {
        return { error: notFound('26', 'Entité non trouvée', "Aucun étudiant boursier n'a pu être trouvé.") }
      }
      const { bourse, file, year } = found
      return {
        data: {
          ...read(found),
          echelon_bourse: {
            echelon: bourse.echelon,
            echelon_bourse_regionale_provisoire: bourse.regionaleProvisoire
          },
          email: bourse.email,
          periode_versement_bourse: { date_rentree: `${year}-09-01`, duree: bourse.duree },
          etablissement_etudes: { nom_commune: bourse.commune, nom_etablissement: file.inscription.etablissement }
        }
      }
    }
  }
}

const statutBoursier = ({ bourse }: Grant) => ({
  statut_boursier: {
    est_boursier: bourse.radiation === undefined,
    est_radie: bourse.radiation !== undefined,
    date_radiation: bourse.radiation ?? null
  }
})

/** Enrolment (MESR) and grants (CNOUS, three versions alive at once). */
export const etudiants: Resource[] = [
  statutEtudiant,
  etudiantBoursier('v3', [['est_boursier', 'cnous_statut_boursier']], ({ bourse }) => ({
    est_boursier: bourse.radiation === undefined
  })),
  etudiantBoursier('v4', [['statut_boursier', 'cnous_statut_boursier']], statutBoursier),
  etudiantBoursier(
    'v5',
    [
      ['statut_boursier', 'cnous_statut_boursier'],
      ['ine', 'cnous_ine']
    ],
    (grant) => ({ ...statutBoursier(grant), ine: grant.file.ine })
  )
]
