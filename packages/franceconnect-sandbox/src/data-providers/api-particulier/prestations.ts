import type { Dossier } from '../dossiers/dossier.ts'
import type { Field } from '../mask.ts'
import { noAllocataire } from './absence.ts'
import { notFound } from './errors.ts'
import type { Resource } from './resource.ts'

/** One hour: API Particulier keeps these answers that long. */
const cached = 3600

type Data = Record<string, unknown>

/** A benefit paid by the CAF or the MSA: 404 without a file there, "not a beneficiary" with a file and no benefit. */
function prestation(
  name: string,
  fields: readonly Field[],
  read: (file: NonNullable<Dossier['allocataire']>) => Data
): Resource {
  return {
    api: `dss/${name.replaceAll('_', '-')}`,
    path: `/v3/dss/${name}/france_connect`,
    prefix: '36',
    cached,
    fields,
    find(dossier, { codes }) {
      const file = dossier?.allocataire
      return file ? { data: read(file) } : { error: noAllocataire(dossier, '36', codes) }
    }
  }
}

const beneficiary = (since: string | undefined): Data => ({
  est_beneficiaire: since !== undefined,
  date_debut_droit: since ?? null
})

const raised = (right: { date_debut_droit: string; avec_majoration: boolean } | undefined): Data => ({
  est_beneficiaire: right !== undefined,
  avec_majoration: right?.avec_majoration ?? null,
  date_debut_droit: right?.date_debut_droit ?? null
})

const child = { status: 'non_beneficiaire', date_debut_droit: null } as const

const beneficiaryFields = (scope: string): Field[] => [
  ['est_beneficiaire', scope],
  ['date_debut_droit', scope]
]
const childFields = (scope: string): Field[] => [
  ['status', scope],
  ['date_debut_droit', scope]
]

const complementaireSante: Resource = {
  api: 'dss/complementaire-sante-solidaire',
  path: '/v3/dss/complementaire_sante_solidaire/france_connect',
  prefix: '36',
  cached,
  fields: [
    ...beneficiaryFields('complementaire_sante_solidaire'),
    ['avec_participation', 'complementaire_sante_solidaire']
  ],
  find(dossier, { codes }) {
    const right = dossier?.complementaireSante
    if (right !== undefined) {
      const { date_debut_droit, avec_participation } = right ?? {}
      return { data: { ...beneficiary(date_debut_droit), avec_participation: avec_participation ?? null } }
    }
    if (dossier?.identiteRefusee) return { error: noAllocataire(dossier, '36', codes) }
    const detail = "Le dossier allocataire n'a pas été trouvé auprès du RNCPS"
    return { error: notFound('40', 'Dossier allocataire absent RNCPS', detail) }
  }
}

/** Statuses that the family benefits and health insurance funds give of one person. */
export const prestations: Resource[] = [
  prestation('allocation_adulte_handicape', beneficiaryFields('allocation_adulte_handicape'), (file) =>
    beneficiary(file.adulteHandicape)
  ),
  prestation('allocation_enfant_handicape', childFields('cnav_allocation_enfant_handicape'), (file) => ({
    ...(file.enfantHandicape ?? child)
  })),
  prestation('allocation_rentree_scolaire', childFields('cnav_allocation_rentree_scolaire'), (file) => ({
    ...(file.rentreeScolaire ?? child)
  })),
  prestation('allocation_soutien_familial', beneficiaryFields('allocation_soutien_familial'), (file) =>
    beneficiary(file.soutienFamilial)
  ),
  prestation(
    'prime_activite',
    [...beneficiaryFields('prime_activite'), ['avec_majoration', 'prime_activite_majoration']],
    (file) => raised(file.primeActivite)
  ),
  prestation(
    'revenu_solidarite_active',
    [...beneficiaryFields('revenu_solidarite_active'), ['avec_majoration', 'revenu_solidarite_active_majoration']],
    (file) => raised(file.revenuSolidarite)
  ),
  complementaireSante
]
