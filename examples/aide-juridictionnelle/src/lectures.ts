import type { FastifyRequest } from 'fastify'
import { isFcDataError } from 'fastify-fc-data'

/**
 * What this service is entitled to read: the scopes of its habilitation, no more. Five seconds each: a citizen waits
 * at the callback.
 */
export const apis = [
  {
    name: 'dgfip/situation-ir',
    scopes: [
      'dgfip_annee_n_moins_1',
      'dgfip_annee_n_moins_2',
      'dgfip_rfr',
      'dgfip_nbpart',
      'dgfip_sitfam',
      'dgfip_pac'
    ],
    timeout: 5000
  },
  { name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial'], timeout: 5000 }
] as const

/** What asking an administration gave: its answer, nothing on this citizen, no answer, or an answer no longer held. */
export type Lecture<Donnee> =
  | { readonly etat: 'recue'; readonly donnee: Donnee; readonly recueLe: Date; readonly correlation?: string }
  | { readonly etat: 'absente' }
  | { readonly etat: 'indisponible'; readonly explication: string }
  | { readonly etat: 'perdue' }

interface Resultat<Donnee> {
  readonly data: Donnee | null
  readonly meta: { readonly receivedAt: Date; readonly correlationId?: string }
}

const explications: Readonly<Record<string, string>> = {
  FST_FC_DATA_TIMEOUT: 'met trop de temps à répondre',
  FST_FC_DATA_UNAVAILABLE: 'est momentanément indisponible',
  FST_FC_DATA_RATE_LIMITED: 'reçoit trop de demandes en ce moment',
  FST_FC_DATA_FORBIDDEN: 'n’a pas autorisé cette lecture',
  FST_FC_DATA_SCOPE_MISSING: 'n’a pas autorisé cette lecture'
}

/** Codes that a new login heals: the answer is no longer held and the access token has expired. */
const aReconnecter = new Set(['FST_FC_DATA_LOGIN_REQUIRED', 'FST_FC_DATA_TOKEN_EXPIRED'])

/** HTTP statuses by which the tax administration says that it has nothing for this citizen and this year. */
const rien = new Set([404, 410])

async function lecture<Donnee>(
  request: FastifyRequest,
  appel: () => Promise<Resultat<Donnee>>
): Promise<Lecture<Donnee>> {
  try {
    const { data, meta } = await appel()
    if (data === null) return { etat: 'absente' }
    return { etat: 'recue', donnee: data, recueLe: meta.receivedAt, correlation: meta.correlationId }
  } catch (erreur) {
    if (!isFcDataError(erreur)) throw erreur
    if (aReconnecter.has(erreur.code)) return { etat: 'perdue' }
    if (rien.has(erreur.providerStatusCode ?? 0)) return { etat: 'absente' }
    request.log.warn(erreur, 'une administration n’a pas répondu')
    return { etat: 'indisponible', explication: explications[erreur.code] ?? 'a renvoyé une réponse inutilisable' }
  }
}

/**
 * Year of the last incomes whose tax notice exists: notices for a year come out in August of the next.
 * DGFiP calls it `annrev`.
 */
export function derniereAnneeImposee(maintenant: Date = new Date()): number {
  return maintenant.getFullYear() - (maintenant.getMonth() >= 8 ? 1 : 2)
}

/** Both readings, at once: neither waits for the other, and one that fails leaves the other whole. */
export async function lireAdministrations(request: FastifyRequest) {
  const [impots, famille] = await Promise.all([
    lecture(request, () => request.fcData('dgfip/situation-ir', { annrev: derniereAnneeImposee() })),
    lecture(request, () => request.fcData('dss/quotient-familial'))
  ])
  return { impots, famille }
}

export type Administrations = Awaited<ReturnType<typeof lireAdministrations>>

/** Who sends each answer, as citizens know them. */
export const administrations = {
  identite: 'FranceConnect (répertoire de l’Insee)',
  impots: 'Direction générale des finances publiques (DGFiP)',
  famille: 'Caisse d’allocations familiales (CAF) ou Mutualité sociale agricole (MSA)',
  cnaf: 'Caisse d’allocations familiales (CAF)',
  msa: 'Mutualité sociale agricole (MSA)'
} as const

/** The same at the head of a sentence. */
export const sujets = {
  impots: `La ${administrations.impots}`,
  famille: `La ${administrations.famille}`
} as const
