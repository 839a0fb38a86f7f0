import { join } from 'node:path'
import { catalogue } from 'fastify-fc-data'
import { answers, example } from './answers.mjs'
import { noteIn, opensIn } from './notes-french.mjs'
import { write } from './pages.mjs'

const words = {
  fr: {
    statuses: {
      available: 'disponible',
      planned: 'annoncée',
      deprecated: 'remplacée',
      restricted: 'restreinte',
      uncertain: 'à confirmer'
    },
    index: 'Le catalogue des API FranceConnectées',
    about: 'Ce que lit `request.fcData(nom)`. Les faits viennent de sources publiques, citées sur chaque page.',
    what: 'Quoi',
    value: 'Valeur',
    name: 'Nom',
    type: 'Type',
    need: 'Obligation',
    producer: 'Producteur',
    status: 'Statut',
    version: 'Version',
    credentials: 'Identifiants dans',
    address: 'Adresse',
    scopes: 'Scopes',
    opens: 'Ouvre',
    granted: 'Accordé par DataPass',
    known: 'Connu de FranceConnect',
    yes: 'oui',
    no: 'non',
    unknown: 'inconnu',
    parameters: 'Paramètres',
    required: 'obligatoire',
    optional: 'facultatif',
    none: 'Aucun.',
    example: 'Exemple de réponse',
    exampleText: 'Ce que le bac à sable répond pour Angela Claire Louise DUBOIS.',
    call: 'Appel',
    errors: 'Erreurs',
    errorsText: 'Les mêmes pour toutes les API : [les erreurs et que faire](/guides/errors).',
    nothing: '`data` vaut `null`, avec `meta.reason`, quand le fournisseur répond',
    notes: 'Notes',
    sources: 'Sources'
  },
  en: {
    statuses: {
      available: 'available',
      planned: 'planned',
      deprecated: 'deprecated',
      restricted: 'restricted',
      uncertain: 'uncertain'
    },
    index: 'The catalogue of API FranceConnectées',
    about: 'What `request.fcData(name)` reads. The facts come from public sources, named on each page.',
    what: 'What',
    value: 'Value',
    name: 'Name',
    type: 'Type',
    need: 'Needed',
    producer: 'Producer',
    status: 'Status',
    version: 'Version',
    credentials: 'Credentials in',
    address: 'Address',
    scopes: 'Scopes',
    opens: 'Opens',
    granted: 'Granted by DataPass',
    known: 'Known to FranceConnect',
    yes: 'yes',
    no: 'no',
    unknown: 'unknown',
    parameters: 'Parameters',
    required: 'required',
    optional: 'optional',
    none: 'None.',
    example: 'An answer',
    exampleText: 'What the sandbox answers of Angela Claire Louise DUBOIS.',
    call: 'Call',
    errors: 'Errors',
    errorsText: 'The same for every API: [errors and what to do](/en/guides/errors).',
    nothing: '`data` is `null`, with `meta.reason`, when the provider answers',
    notes: 'Notes',
    sources: 'Sources'
  }
}

/** Text that Markdown and Vue leave as it is. */
const plain = (text) => String(text).replaceAll('<', '&lt;').replaceAll('{{', '&#123;{').replaceAll('|', '\\|')
const fileOf = (name) => name.replace('@', '-')

/** A page for each API, and an index that filters them, in both languages. */
export async function writeCatalogue(folder) {
  const said = await answers()
  for (const language of ['fr', 'en']) {
    const base = join(folder, language === 'fr' ? '' : 'en', 'catalogue')
    write(join(base, 'index.md'), index(words[language], language))
    for (const entry of Object.values(catalogue)) {
      write(join(base, `${fileOf(entry.name)}.md`), page(entry, said[entry.name], words[language], language))
    }
  }
}

function index(w, language) {
  const rows = Object.values(catalogue).map(({ name, title, producer, provider, status }) => ({
    name,
    title,
    producer,
    provider,
    status: w.statuses[status],
    link: `/${language === 'fr' ? '' : 'en/'}catalogue/${fileOf(name)}`
  }))
  return `# ${w.index}\n\n${w.about}\n\n<Catalogue language="${language}" :rows='${JSON.stringify(rows).replaceAll("'", '’')}' />\n`
}

function page(entry, { data, error }, w, language) {
  const {
    name,
    title,
    producer,
    provider,
    status,
    statusNote,
    version,
    path,
    method,
    notes = [],
    sources = [],
    nothing
  } = entry
  const given = example(entry)
  const call = Object.keys(given).length > 0 ? `'${name}', ${JSON.stringify(given).replaceAll('"', "'")}` : `'${name}'`
  return `---
title: ${JSON.stringify(`${title} (${name})`)}
---

# ${plain(title)}

\`${name}\`

| ${w.what} | ${w.value} |
|---|---|
| ${w.producer} | ${plain(producer)} |
| ${w.status} | ${w.statuses[status]}${statusNote ? `. ${plain(noteIn(language, statusNote))}` : ''} |
| ${w.version} | ${plain(version ?? '')} |
| ${w.credentials} | \`providers.${provider}\` |
| ${w.address} | \`${method} ${path}\` |

## ${w.call}

\`\`\`js
const { data, meta } = await request.fcData(${call})
\`\`\`

## ${w.scopes}

${scopes(entry, w, language)}

## ${w.parameters}

${parameters(entry, w)}

## ${w.example}

${w.exampleText}

\`\`\`json
${error ? `"${error}"` : JSON.stringify(data, null, 2)}
\`\`\`

## ${w.errors}

${w.errorsText}
${
  nothing
    ? `\n${w.nothing} ${Object.entries(nothing)
        .map(([code, reason]) => `\`${code}\` (\`${typeof reason === 'string' ? reason : JSON.stringify(reason)}\`)`)
        .join(', ')}.\n`
    : ''
}
${notes.length > 0 ? `## ${w.notes}\n\n${notes.map((note) => `- ${plain(noteIn(language, note))}`).join('\n')}\n` : ''}
## ${w.sources}

${sources.map((source) => `- ${plain(source)}`).join('\n')}
`
}

function scopes({ scopes, fields = {}, scopeFacts = {} }, w, language) {
  // `null`: the forms of DataPass list no scope of this body
  const told = ({ granted, known, on } = { granted: null }) => {
    const said = granted === undefined ? known : granted
    return `${said === null ? w.unknown : said ? w.yes : w.no}${on ? `, ${on}` : ''}`
  }
  const rows = scopes.map((scope) => {
    const { dataPass, franceConnect } = scopeFacts[scope] ?? {}
    return `| \`${scope}\` | ${plain(opensIn(language, fields[scope] ?? ''))} | ${told(dataPass)} | ${told(franceConnect)} |`
  })
  return [`| ${w.scopes} | ${w.opens} | ${w.granted} | ${w.known} |`, '|---|---|---|---|', ...rows].join('\n')
}

function parameters({ params }, w) {
  const rows = Object.entries(params.properties ?? {}).map(
    ([name, { type, description = '', minimum, maximum, pattern }]) => {
      const bounds = minimum === undefined ? (pattern ? `\`${pattern}\`` : '') : `${minimum}–${maximum}`
      return `| \`${name}\` | ${type} | ${params.required?.includes(name) ? w.required : w.optional} | ${plain([description, bounds].filter(Boolean).join(', '))} |`
    }
  )
  return rows.length === 0
    ? w.none
    : [`| ${w.name} | ${w.type} | ${w.need} | ${w.value} |`, '|---|---|---|---|', ...rows].join('\n')
}
