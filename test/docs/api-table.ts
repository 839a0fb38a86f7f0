import { type CatalogueEntry, catalogue } from 'fastify-fc-data'

export type Language = 'en' | 'fr'

const heads: Record<Language, string> = {
  en: '| Name | What | Producer | Credentials in | Status | Scopes |',
  fr: '| Nom | Quoi | Producteur | Identifiants dans | Statut | Scopes |'
}

/** How the documents say the status of an API. */
export const statuses: Record<Language, Record<CatalogueEntry['status'], string>> = {
  en: {
    available: 'available',
    planned: 'planned',
    deprecated: 'deprecated',
    restricted: 'restricted',
    uncertain: 'uncertain'
  },
  fr: {
    available: 'disponible',
    planned: 'annoncée',
    deprecated: 'remplacée',
    restricted: 'restreinte',
    uncertain: 'à confirmer'
  }
}

/** French as it is set. */
const set = (text: string, language: Language) => (language === 'fr' ? text.replaceAll("'", '’') : text)

const notes: Record<Language, string> = {
  en: 'In parentheses: scopes that DataPass did not offer on 6 August 2026, never asked unless you list them.',
  fr: 'Entre parenthèses : les scopes que DataPass ne proposait pas le 6 août 2026, demandés seulement si vous les listez.'
}

const entries = Object.values(catalogue as Record<string, CatalogueEntry>)

function scopesOf({ scopes, scopeFacts, scopesRequired }: CatalogueEntry, many: string): string {
  if (scopesRequired) return `${scopes.length} \`dgfip_*\`${many}`
  return scopes
    .map((scope) => (scopeFacts[scope]?.dataPass.granted === false ? `(\`${scope}\`)` : `\`${scope}\``))
    .join(' ')
}

const words = {
  en: {
    head: '| name | what | provider | status | parameters | scopes |',
    required: 'required',
    none: 'none',
    yours: 'yours to list'
  },
  fr: {
    head: '| nom | quoi | fournisseur | statut | paramètres | scopes |',
    required: 'obligatoire',
    none: 'aucun',
    yours: 'à lister'
  }
}

function paramsOf({ params }: CatalogueEntry, language: Language): string {
  const { properties = {}, required = [] } = params as { properties?: object; required?: string[] }
  const must = ` (${words[language].required})`
  const names = Object.keys(properties).map((name) => `\`${name}\`${required.includes(name) ? must : ''}`)
  return names.join(', ') || words[language].none
}

/** The table of the catalogue, in Markdown. */
export function apiTable(language: Language): string {
  const rows = entries.map(
    (entry) =>
      `| \`${entry.name}\` | ${set(entry.title, language)} | ${set(entry.producer, language)} | \`${entry.provider}\` | ${statuses[language][entry.status]} | ${scopesOf(entry, '')} |`
  )
  return [heads[language], '|---|---|---|---|---|---|', ...rows, '', notes[language]].join('\n')
}

/** The same with the parameters, as the package itself shows it. */
export function catalogueTable(language: Language): string {
  const { head, yours } = words[language]
  const rows = entries.map(
    (entry) =>
      `| \`${entry.name}\` | ${set(entry.title, language)} | \`${entry.provider}\` | ${statuses[language][entry.status]} | ${paramsOf(entry, language)} | ${scopesOf(entry, `, ${yours}`)} |`
  )
  return [head, '|---|---|---|---|---|---|', ...rows, '', notes[language]].join('\n')
}

/** The text of a document with its table brought up to date. */
export function withApiTable(text: string, language: Language): string {
  return text.replace(
    /<!-- apis -->\n[\s\S]*?<!-- \/apis -->/,
    () => `<!-- apis -->\n${apiTable(language)}\n<!-- /apis -->`
  )
}

/** The README of the package with its table brought up to date. */
export function withCatalogueTable(text: string, language: Language): string {
  const [before, , ...after] = text.split('<!-- catalogue -->')
  return [before, `\n${catalogueTable(language)}\n`, ...after].join('<!-- catalogue -->')
}
