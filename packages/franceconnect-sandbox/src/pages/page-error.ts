/** What a relying party receives when the citizen takes the link back from an error page. */
export interface Return {
  error?: string
  error_description?: string
}

const technical = 'authentication aborted due to a technical error on the authorization server'
const aborted: Return = { error: 'access_denied', error_description: 'user authentication aborted' }
const broken: Return = { error: 'server_error', error_description: technical }
const unavailable: Return = { error: 'temporarily_unavailable', error_description: technical }

const sessionLost = "Votre session a expiré ou est invalide, fermez l'onglet de votre navigateur et reconnectez-vous."
const technicalPage = 'Une erreur technique est survenue. Si le problème persiste, contactez le service.'
const closeTab = "Une erreur technique est survenue, fermez l'onglet de votre navigateur et reconnectez-vous."
const retryLater = "Une erreur s'est produite, veuillez réessayer ultérieurement."
const identityProblem = "Un problème lié à vos données d'identité empêche la connexion d'aboutir."

interface Row {
  status: number
  advice: string
  back?: Return
  stored?: boolean
}

/** The error pages of FranceConnect: HTTP status, advice to the citizen, what the link back says to the service. */
const rows: Record<string, Row> = {
  Y000000: { status: 500, advice: retryLater, back: {} },
  Y000400: { status: 400, advice: retryLater, stored: true },
  Y000404: { status: 404, advice: 'Page non trouvée.', stored: true },
  Y010004: { status: 403, advice: identityProblem, back: aborted },
  Y010006: { status: 403, advice: identityProblem, back: aborted },
  Y010007: { status: 403, advice: identityProblem, back: aborted },
  Y010008: { status: 403, advice: identityProblem, back: aborted },
  Y010009: { status: 403, advice: technicalPage, back: aborted },
  Y010011: { status: 504, advice: technicalPage, back: unavailable },
  Y010012: { status: 504, advice: technicalPage, back: unavailable },
  Y010013: { status: 400, advice: technicalPage, back: broken },
  Y010015: {
    status: 403,
    advice: 'Les identifiants utilisés correspondent à une identité qui ne permet plus la connexion.',
    back: aborted
  },
  Y020019: { status: 500, advice: closeTab, back: broken },
  Y020021: { status: 400, advice: technicalPage, back: { error: 'invalid_request', error_description: technical } },
  Y020022: {
    status: 403,
    advice: closeTab,
    back: { error: 'invalid_request', error_description: 'invalid state parameter' }
  },
  Y020025: { status: 400, advice: technicalPage, back: broken },
  Y020026: { status: 502, advice: technicalPage, back: broken },
  Y030007: { status: 400, advice: closeTab },
  Y030030: { status: 500, advice: closeTab },
  Y040001: { status: 400, advice: closeTab },
  Y100001: { status: 500, advice: technicalPage, back: { error_description: technical } },
  Y100009: { status: 400, advice: closeTab },
  Y100011: { status: 403, advice: "Vous avez bloqué ce fournisseur d'identité.", back: aborted },
  Y100018: {
    status: 400,
    advice: technicalPage,
    back: { error: 'invalid_request', error_description: 'idp returned a not allowed acr value' }
  },
  Y180001: { status: 403, advice: 'Vous avez désactivé votre accès à FranceConnect.', back: aborted },
  Y190001: { status: 401, advice: sessionLost },
  Y190004: { status: 409, advice: sessionLost, back: aborted },
  Y470001: { status: 401, advice: sessionLost, back: broken, stored: true },
  Y470002: { status: 400, advice: sessionLost, back: broken, stored: true },
  Y470004: { status: 401, advice: sessionLost, back: broken, stored: true },
  Y600006: { status: 400, advice: identityProblem, back: broken }
}

/** One of FranceConnect's error pages, thrown to be shown. */
export class PageError extends Error {
  readonly code: string
  readonly status: number
  readonly advice: string
  readonly back: Return | undefined
  /** What was wrong, said to the developer by the sandbox only. */
  readonly hint: string | undefined
  /** Whether it leaves without `no-store`: FranceConnect refuses some requests before they reach a page of its own. */
  stored: boolean

  constructor(code: string, hint?: string) {
    super(code)
    const row = rows[code] ?? { status: 400, advice: closeTab }
    this.code = code
    this.status = row.status
    this.advice = row.advice
    this.back = row.back
    this.hint = hint
    this.stored = row.stored ?? false
  }

  /** The same, refused before the request reached a page. */
  early(): this {
    this.stored = true
    return this
  }
}
