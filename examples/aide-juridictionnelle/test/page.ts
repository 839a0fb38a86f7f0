const entites: Readonly<Record<string, string>> = {
  '&#39;': "'",
  '&#38;': '&',
  '&#34;': '"',
  '&#60;': '<',
  '&#62;': '>',
  '&#61;': '='
}

/** The text of a page as it is read: no tags, one kind of space. */
export function texteDe(page: string): string {
  return page
    .replace(/<(style|head)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#\d+;/g, (entite) => entites[entite] ?? entite)
    .replace(/[\s\u00a0\u202f]+/g, ' ')
}

/** What a browser would send if the form of the page were sent as it stands. */
export function formulaire(page: string): Record<string, string> {
  const champs: Record<string, string> = {}
  const propre = (texte: string) => texte.replace(/&#\d+;/g, (entite) => entites[entite] ?? entite)
  const attribut = (balise: string, nom: string) => propre(new RegExp(`\\b${nom}="([^"]*)"`).exec(balise)?.[1] ?? '')
  for (const [balise] of page.matchAll(/<input\b[^>]*>/g)) {
    if (attribut(balise, 'type') === 'checkbox' && !/\bchecked\b/.test(balise)) continue
    champs[attribut(balise, 'name')] = attribut(balise, 'value')
  }
  for (const [, balise = '', texte = ''] of page.matchAll(/(<textarea\b[^>]*>)([\s\S]*?)<\/textarea>/g)) {
    champs[attribut(balise, 'name')] = propre(texte)
  }
  for (const [, balise = '', options = ''] of page.matchAll(/(<select\b[^>]*>)([\s\S]*?)<\/select>/g)) {
    champs[attribut(balise, 'name')] = attribut(/<option[^>]* selected[^>]*>/.exec(options)?.[0] ?? '', 'value')
  }
  return champs
}
