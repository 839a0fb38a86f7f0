import type { Sandbox } from '../sandbox/sandbox.ts'

const literal = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    .replace(/"([A-Za-z]\w*)":/g, '$1:')
    .replaceAll("'", "\\'")
    .replaceAll('"', "'")

const indented = (text: string): string => text.replaceAll('\n', '\n  ')

/** What the command line prints once the sandbox listens: what to paste into the two plugins. */
export function welcome(sandbox: Sandbox, baseUrl: string): string {
  const { issuer, plusIssuer, franceConnectOptions, fcDataOptions } = sandbox
  return `franceconnect-sandbox écoute. Ce n'est pas FranceConnect : aucune donnée réelle.

  Fenêtre         ${new URL('/', issuer).href}  ce qui passe, en direct, et les leviers
  FranceConnect   ${issuer}
  FranceConnect+  ${plusIssuer}

À coller dans votre serveur, qui doit répondre à ${baseUrl} :

  await app.register(franceConnect, ${indented(literal({ ...franceConnectOptions, baseUrl }))})
  await app.register(fcData, {
    apis: [{ name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial'] }],
    providers: ${indented(indented(literal(fcDataOptions.providers)))}
  })

Ctrl+C pour arrêter.
`
}
