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

function scopesOf({ scopes }: CatalogueEntry): string {
  if (scopes.length > 10) return `${scopes.length} \`dgfip_*\``
  return scopes.map((scope) => `\`${scope}\``).join(' ')
}

/** The table of the catalogue, in Markdown. */
export function apiTable(language: Language): string {
  const rows = Object.entries(catalogue as Record<string, CatalogueEntry>).map(
    ([name, entry]) =>
      `| \`${name}\` | ${set(entry.title, language)} | ${set(entry.producer, language)} | \`${entry.provider}\` | ${statuses[language][entry.status]} | ${scopesOf(entry)} |`
  )
  return [heads[language], '|---|---|---|---|---|---|', ...rows].join('\n')
}

const marked = /<!-- apis -->\n[\s\S]*?<!-- \/apis -->/

/** The text of a document with its table brought up to date. */
export function withApiTable(text: string, language: Language): string {
  return text.replace(marked, `<!-- apis -->\n${apiTable(language)}\n<!-- /apis -->`)
}
