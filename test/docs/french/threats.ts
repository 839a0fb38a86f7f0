import { readFileSync } from 'node:fs'

const lines = readFileSync(new URL('threats.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
const phrases = new Map(lines.map((line) => line.split('\t') as [english: string, french: string]))

const words: Record<string, string> = {
  case: 'cas',
  'the provider': 'le fournisseur',
  'a login ends': 'une connexion finit',
  'next login': 'la connexion suivante',
  works: 'fonctionne',
  'logged in': 'connecté',
  'Answer of checktoken': 'Réponse de checktoken',
  Access: 'Accès',
  'Answer of the authorization endpoint': 'Réponse de l’adresse d’autorisation',
  'Claims of the ID Token': 'Contenu de l’ID Token',
  'Signature and shape of the ID Token': 'Signature et forme de l’ID Token',
  'Encryption, where decryption keys are registered': 'Chiffrement, là où des clés de déchiffrement sont réglées',
  'Key set': 'Liste de clés',
  Userinfo: 'Userinfo',
  'Answer of the token endpoint': 'Réponse du point de jeton',
  Discovery: 'Découverte',
  Transport: 'Transport',
  'Its signature': 'Sa signature',
  'Its encryption': 'Son chiffrement',
  'The JWT around': 'Le JWT autour',
  'What it says of the token': 'Ce qu’elle dit du jeton',
  'How it comes': 'Comment elle arrive',
  'What becomes of a login when the provider misbehaves':
    'Ce que devient une connexion quand le fournisseur se conduit mal',
  'What becomes of an access when FranceConnect misbehaves towards a data provider':
    'Ce que devient un accès quand FranceConnect se conduit mal envers un fournisseur de données'
}

const paragraphs = [
  `Imprimé par l’exécution de \`test/hostile\` : chaque ligne est un fournisseur qui fait une chose de travers, l’issue mesurée, et
si une connexion ordinaire fonctionne juste après sur le même serveur. 4xx est un mauvais retour ; 5xx est gardé pour les mauvaises
réponses des serveurs de FranceConnect au nôtre.`,
  `Tenu par \`test/hostile-provider\` : chaque réponse est faussée d’une façon, l’accès est refusé comme le dit la table dans le délai,
aucun gestionnaire ne passe, rien ne fuit, et l’accès suivant est servi.`
]

/** A cell of the tables in French; what has no French is told by the test, and stays as it is. */
function cell(text: string, unsaid: string[]): string {
  const [, target = '', does = text] = /^(discovery|jwks|token|userinfo): (.*)$/.exec(text) ?? []
  if (text in words) return words[text]!
  if (/^`[^`]+`$|^\d{3} FST_|^-+$/.test(text)) return text
  const refused = /^refused, (.*)$/.exec(text)
  if (refused) return `refusée, ${refused[1]}`
  const french = phrases.get(does) ?? phrases.get(text)
  if (french === undefined) unsaid.push(text)
  return target === '' || !phrases.has(does) ? (french ?? text) : `${target} : ${french}`
}

/** docs/threats.md in French, and the phrases that have none. */
export function threatsInFrench(english: string): { text: string; unsaid: string[] } {
  const unsaid: string[] = []
  let paragraph = 0
  const blocks = english
    .trimEnd()
    .split('\n\n')
    .map((block) => {
      const heading = /^(#+) (.*)$/.exec(block)
      if (heading) return `${heading[1]} ${cell(heading[2]!, unsaid)}`
      if (!block.startsWith('|')) return paragraphs[paragraph++] ?? block
      const rows = block.split('\n').map((row) =>
        row.startsWith('|---')
          ? row
          : `| ${row
              .split(/(?<!\\)\|/)
              .slice(1, -1)
              .map((text) => cell(text.trim(), unsaid))
              .join(' | ')} |`
      )
      return rows.join('\n')
    })
  return { text: `${blocks.join('\n\n')}\n`, unsaid: [...new Set(unsaid)] }
}
