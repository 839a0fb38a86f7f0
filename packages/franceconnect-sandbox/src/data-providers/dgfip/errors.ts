import { type Answer, json } from '../exchange.ts'

/**
 * Errors of the DGFiP. The statuses and `codeapp` are those that its resources document; the shape of the body is
 * not public, an integrator reads `erreur` in it.
 */
const table = {
  '4001': [400, 'Requête mal formée'],
  '4031': [403, 'Accès refusé'],
  '5000': [500, 'FranceConnect ne répond pas']
} as const

export function dgfipError(codeapp: keyof typeof table, detail?: string): Answer {
  const [status, erreur] = table[codeapp]
  return json(status, { codeapp, erreur: detail ? `${erreur} : ${detail}` : erreur })
}

/** Nothing on this person for this year. */
export const nothing = { codeapp: '4101', erreur: 'Aucune situation pour cet usager et cette année' }

/** The gateway's refusal of its own token (RFC 6750 §3.1). */
export function gatewayRefusal(): Answer {
  const answer = json(401, { erreur: 'Jeton DGFiP absent, inconnu ou expiré' })
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': 'Bearer error="invalid_token"' } }
}
