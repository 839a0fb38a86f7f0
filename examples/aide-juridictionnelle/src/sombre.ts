import { readFileSync } from 'node:fs'
import { parse } from 'postcss'

const sombre = /(:root)?\[data-fr-theme=dark\]/g

/**
 * The dark colours of the State's design system for a page without a script. It gives them to `data-fr-theme=dark`, which
 * its own script sets from the citizen's preference; here a media query does, on the stylesheet's link.
 */
export function couleursSombres(feuille: string): string {
  const regles = parse(readFileSync(feuille, 'utf8'))
  regles.walk((noeud) => {
    if (noeud.type === 'comment' || (noeud.type === 'atrule' && noeud.nodes === undefined)) noeud.remove()
    if (noeud.type !== 'rule') return
    const gardes = noeud.selectors.filter((selecteur) => selecteur.includes('[data-fr-theme=dark]'))
    if (gardes.length === 0) noeud.remove()
    else noeud.selectors = gardes.map((selecteur) => selecteur.replaceAll(sombre, ':root:root'))
  })
  regles.walkAtRules((bloc) => {
    if (bloc.nodes?.length === 0) bloc.remove()
  })
  return `:root{color-scheme:dark}${regles.toString()}`
}
