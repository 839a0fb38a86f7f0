import type { Settings } from '../options/options.ts'
import type { Described } from './settings.ts'

/** What FranceConnect registers for a data provider. */
export interface Sheet {
  title: string | null
  scopes: Record<string, string>
  jwks_uri: string | null
  checktoken_signed_response_alg: string
  checktoken_encrypted_response_alg: string
  checktoken_encrypted_response_enc: 'A256GCM'
}

/** The public address of the key route, or `null` when `baseUrl` does not give one. */
export function jwksUriOf({ baseUrl }: Described, { jwksPath }: Pick<Settings, 'jwksPath'>): string | null {
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return null
  const { origin, pathname } = new URL(baseUrl)
  return origin + pathname.replace(/\/+$/, '') + jwksPath
}

export function sheetOf(described: Described, settings: Settings): Sheet {
  return {
    title: described.title ?? null,
    scopes: Object.fromEntries(settings.scopes),
    jwks_uri: jwksUriOf(described, settings),
    checktoken_signed_response_alg: settings.signedResponseAlg,
    checktoken_encrypted_response_alg: settings.encryptedResponseAlg,
    checktoken_encrypted_response_enc: 'A256GCM'
  }
}

/** The sheet as a person copies it into a message to FranceConnect. */
export function printedSheet(sheet: Sheet): string {
  const width = Math.max(...Object.keys(sheet.scopes).map((name) => name.length))
  return `À transmettre à FranceConnect pour enregistrer ce fournisseur de données :

  Nom                                 ${sheet.title ?? '(à donner : --title)'}
  Adresse des clés (jwks_uri)         ${sheet.jwks_uri ?? '(à donner : --base-url)'}
  checktoken_signed_response_alg      ${sheet.checktoken_signed_response_alg}
  checktoken_encrypted_response_alg   ${sheet.checktoken_encrypted_response_alg}
  checktoken_encrypted_response_enc   ${sheet.checktoken_encrypted_response_enc}

  Scopes et libellés montrés aux usagers :
${Object.entries(sheet.scopes)
  .map(([name, label]) => `    ${name.padEnd(width)}  ${label}`)
  .join('\n')}

FranceConnect donne en retour un client_id et un client_secret (clientId, clientSecret).
Un nouveau scope demande une livraison de FranceConnect : les libellés, en français et en anglais, sont à
convenir avec ses équipes. L’adresse des clés doit être joignable d’Internet : elle est lue à chaque appel.
`
}
