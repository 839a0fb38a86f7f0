import type { Dossier } from '../dossiers/dossier.ts'
import { type ApiError, type ErrorCodes, notFound, providers, unprocessable } from './errors.ts'

/** The family benefits funds know nobody of that name, or refuse the identity as FranceConnect gave it. */
export function noAllocataire(dossier: Dossier | undefined, prefix: '35' | '36', codes: ErrorCodes): ApiError {
  const refused = refusedIdentity(dossier, prefix, codes)
  if (refused) return refused
  if (dossier?.ancienneCaisse === 'MSA') {
    return notFound(
      '10',
      'Dossier allocataire absent MSA',
      "Le dossier allocataire n'a pas été trouvé auprès de la MSA."
    )
  }
  if (dossier?.ancienneCaisse === 'CNAF') {
    return notFound(
      '23',
      'Dossier allocataire absent CNAF',
      "Le dossier allocataire n'a pas été trouvé auprès de la CNAF."
    )
  }
  const detail = "L'allocataire n'est pas référencé auprès des caisses éligibles"
  return notFound('35', 'Allocataire non référencé', detail)
}

/** 422 of the funds that could not use the identity; before the renumbering, one code of the platform said it. */
export function refusedIdentity(
  dossier: Dossier | undefined,
  prefix: '35' | '36',
  codes: ErrorCodes
): ApiError | undefined {
  if (!dossier?.identiteRefusee) return undefined
  if (codes === '5000x') {
    return unprocessable('00366', 'Un ou plusieurs paramètres de civilité ne sont pas correctement formatés')
  }
  const [subcode, title, detail] =
    dossier.identiteRefusee === 'inconnue'
      ? [
          '560',
          'Identité non reconnue par le fournisseur de données',
          "Les paramètres d'identité fournis ne correspondent à aucune personne connue du fournisseur de données."
        ]
      : [
          '561',
          'Paramètres de civilité refusés par le fournisseur de données',
          'Un ou plusieurs paramètres de civilité ont été refusés par le fournisseur de données.'
        ]
  return { status: 422, code: `${prefix}${subcode}`, title, detail, meta: { provider: providers[prefix] } }
}
