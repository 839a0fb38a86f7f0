import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isBornAbroad, type UserInfo } from 'fastify-franceconnect'

interface Commune {
  readonly code: string
  readonly nom: string
}

const fichier = createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/data/communes.json')
let noms: Map<string, string> | undefined

/** Name of a commune from its INSEE code; `undefined` for a code that no longer exists. */
export function commune(code: string): string | undefined {
  noms ??= new Map((JSON.parse(readFileSync(fichier, 'utf8')) as Commune[]).map(({ code, nom }) => [code, nom]))
  return noms.get(code)
}

/** Countries of birth met most often, by code of the INSEE's Code officiel géographique. */
const pays: Readonly<Record<string, string>> = {
  '99100': 'France',
  '99109': 'Allemagne',
  '99127': 'Italie',
  '99131': 'Belgique',
  '99132': 'Royaume-Uni',
  '99134': 'Espagne',
  '99139': 'Portugal',
  '99140': 'Suisse',
  '99208': 'Turquie',
  '99212': 'Afghanistan',
  '99216': 'Chine',
  '99217': 'Japon',
  '99312': 'République démocratique du Congo',
  '99322': 'Cameroun',
  '99326': 'Côte d’Ivoire',
  '99341': 'Sénégal',
  '99350': 'Maroc',
  '99351': 'Tunisie',
  '99352': 'Algérie',
  '99397': 'Comores',
  '99404': 'États-Unis'
}

/** Where somebody was born, in words: from the INSEE codes that FranceConnect sends. */
export function lieuDeNaissance(userInfo: Pick<UserInfo, 'birthplace' | 'birthcountry'>): string {
  const { birthplace, birthcountry } = userInfo
  const nomDuPays = birthcountry ? (pays[birthcountry] ?? `pays de code INSEE ${birthcountry}`) : undefined
  if (isBornAbroad(userInfo)) return `à l’étranger (${nomDuPays})`
  if (!birthplace) return nomDuPays ?? 'non communiqué'
  return commune(birthplace) ?? `commune de code INSEE ${birthplace}`
}
