import { type Answer, json } from '../exchange.ts'

/** API Particulier renumbered FranceConnect's errors in 2026 (client changelog 0.4.0): 5000x became 5150x. */
export type ErrorCodes = '5150x' | '5000x'

/** One error of API Particulier, before it is put in the envelope. */
export interface ApiError {
  status: number
  code: string
  title: string
  detail: string
  parameter?: string
  meta?: Record<string, string | number>
  headers?: Record<string, string>
}

export const providers = {
  '10': 'MSA',
  '23': 'CNAF',
  '25': 'MESRI',
  '26': 'CNOUS',
  '31': 'GIP-MDS',
  '35': 'CNAF & MSA',
  '36': 'Sécurité sociale',
  '37': 'CNAV',
  '39': 'DSNJ',
  '40': 'RNCPS',
  '42': 'ANTS',
  '51': 'FranceConnect'
} as const

/** Two-digit prefix of the codes of one provider. */
export type Prefix = keyof typeof providers

/** Three-digit subcodes shared by all providers, from API Particulier's published nomenclature. */
const subcodes = {
  '000': [
    502,
    'Erreur interne du fournisseur de données',
    'La réponse retournée par le fournisseur de données est invalide et a été identifié comme étant une erreur interne. Si le problème persiste, consultez la page de status ou contactez nous sur le support.'
  ],
  '001': [
    502,
    'Service non disponible',
    'Service du fournisseur de données temporairement indisponible ou en maintenance.'
  ],
  '004': [502, 'Erreur de résolution DNS', 'Le nom de domaine du fournisseur de données ne peut être résolu.'],
  '008': [502, 'Trop de requêtes', 'Le fournisseur de données refuse un trop grand nombre de requêtes.'],
  '010': [206, 'Réponse incomplète', "Le fournisseur de données n'a répondu qu'en partie."],
  '002': [504, 'Intermédiaire hors-délai', 'Temps d’attente d’une réponse du fournisseur de données écoulé.'],
  '003': [
    404,
    'Entité non trouvée',
    "Le ou les paramètre(s) d'entrée n'existent pas, ne sont pas connus, ou ne comportent aucune information pour cet appel. Veuillez vérifier que votre recherche est couverte par le périmètre de l'API."
  ],
  '020': [503, 'Maintenance du fournisseur de données', 'Le fournisseur de données semble être en maintenance'],
  '999': [
    502,
    'Erreur inconnue du fournisseur de données',
    "La réponse retournée par le fournisseur de données est invalide et inconnue de notre service. L'équipe technique a été notifiée de cette erreur pour investigation."
  ]
} as const satisfies Record<string, readonly [number, string, string]>

export function providerError(prefix: Prefix, subcode: keyof typeof subcodes, meta: ApiError['meta'] = {}): ApiError {
  const [status, title, detail] = subcodes[subcode]
  return { status, code: `${prefix}${subcode}`, title, detail, meta: { provider: providers[prefix], ...meta } }
}

/** What refuses a call before a provider is asked, by code; another code of the platform is a 422. */
const platformStatuses: Record<string, number> = {
  '00100': 403,
  '00101': 401,
  '00103': 401,
  '00105': 401,
  '00107': 403,
  '00108': 401,
  '00109': 401,
  '00213': 403,
  '00429': 429,
  '00501': 502,
  '00502': 502
}

/** The wait that an error announces, in seconds. */
export const retryIn = (seconds: number | undefined): Record<string, number> =>
  seconds === undefined ? {} : { retry_in: seconds }

/** An error by its five digits, for a fault that names it. */
export function coded(code: string, { status, retryAfter }: { status?: number; retryAfter?: number }): ApiError {
  const [prefix, subcode] = [code.slice(0, 2) as Prefix, code.slice(2) as keyof typeof subcodes]
  const meta = retryIn(retryAfter)
  if (code === platform.network.code) return { ...platform.network, meta: { ...platform.network.meta, ...meta } }
  if (Object.hasOwn(providers, prefix) && Object.hasOwn(subcodes, subcode)) {
    const known = providerError(prefix, subcode, meta)
    return { ...known, status: status ?? known.status }
  }
  const usual = /^5150|^5000/.test(code) ? 401 : (platformStatuses[code] ?? 422)
  const detail = `Erreur ${code}, demandée au bac à sable.`
  return {
    status: status ?? usual,
    code,
    title: 'Erreur simulée',
    detail,
    meta: { ...(Object.hasOwn(providers, prefix) && { provider: providers[prefix] }), ...meta }
  }
}

/** A 404 in the words that one provider has of its own. */
export function notFound(prefix: Prefix, title: string, detail: string, subcode = '003'): ApiError {
  return { status: 404, code: `${prefix}${subcode}`, title, detail, meta: { provider: providers[prefix] } }
}

export function unprocessable(code: string, detail: string, parameter?: string): ApiError {
  return { status: 422, code, title: 'Entité non traitable', detail, parameter }
}

/** Refusals of the FranceConnect token; `01` malformed, `02` not found or expired, `04` not sent. */
export function tokenError(codes: ErrorCodes, subcode: '01' | '02' | '04'): ApiError {
  const details = {
    '01': "Le jeton d'accès est mal formaté.",
    '02': "Le jeton d'accès n'a pas été trouvé ou est expiré.",
    '04': "Le jeton d'accès FranceConnect est manquant. Cet endpoint requiert un jeton d'accès FranceConnect transmis via l'en-tête Authorization: Bearer."
  }
  const [code, meta] = codes === '5150x' ? [`515${subcode}`, { provider: 'FranceConnect' }] : [`500${subcode}`, {}]
  return { status: 401, code, title: 'Accès non autorisé', detail: details[subcode], meta }
}

/** Errors of the platform itself. */
export const platform = {
  forbidden: {
    status: 403,
    code: '00100',
    title: 'Privilèges insuffisants',
    detail: 'Votre token est valide mais vos privilèges sont insuffisants. Listez vos privilèges sur /api/introspect',
    parameter: 'token'
  },
  version: {
    status: 404,
    code: '00402',
    title: "Version d'API non prise en charge",
    detail: "La version demandée n'est pas supportée pour cet endpoint"
  },
  inProgress: {
    status: 409,
    code: '00015',
    title: 'Conflit',
    detail:
      'Une requête associé à votre jeton est déjà en cours de traitement pour ces paramètres. Veuillez attendre la fin du traitement avant d’effectuer une nouvelle requête.'
  },
  tooMany: {
    status: 429,
    code: '00429',
    title: 'Trop de requêtes',
    detail: 'Vous avez effectué trop de requêtes'
  },
  network: {
    status: 502,
    code: '00501',
    title: 'Erreur réseau',
    detail:
      "Problème de connexion au serveur distant. L'erreur peut venir soit du fournisseur, soit de API Entreprise. Il s'agit souvent d'une erreur temporaire.",
    meta: { retry_in: 10 }
  }
} satisfies Record<string, ApiError>

/** The documentation says `application/json`; the server's own code sets this one. */
export const mediaType = 'application/vnd.api+json; charset=utf-8'

/** Puts an error in API Particulier's envelope. */
export function errorAnswer({ status, code, title, detail, parameter, meta = {}, headers = {} }: ApiError): Answer {
  const source = parameter === undefined ? null : { parameter }
  const answer = json(status, { errors: [{ code, title, detail, source, meta }] }, mediaType)
  return { ...answer, headers: { ...answer.headers, ...headers } }
}
