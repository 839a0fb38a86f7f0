import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'

export const dashboard = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../docs/dashboard/franceconnect.json', import.meta.url)), 'utf8')
) as {
  panels: { title: string; description: string; targets: { expr: string }[] }[]
  templating: { list: { definition?: string }[] }
}

/** What a query asks of the metrics: names that match, and the labels that it selects, groups by or shows. */
export interface Asked {
  names: RegExp
  labels: string[]
}

/** The selectors of a query of a panel. Throws when PromQL does not read it. */
export function askedBy(expr: string): Asked[] {
  const query = expr.replaceAll(/\$__(rate_interval|range)/g, '5m').replaceAll('$job', '.*')
  const text = (node: SyntaxNode) => query.slice(node.from, node.to)
  const selectors: Asked[] = []
  const grouped: string[] = []
  parser.parse(query).iterate({
    enter({ node, type }) {
      if (type.isError) throw new Error(`not PromQL: ${query}`)
      if (type.name === 'VectorSelector') selectors.push(selectorOf(node, text))
      if (type.name === 'GroupingLabels') grouped.push(...node.getChildren('LabelName').map(text))
    }
  })
  if (selectors.length === 0) throw new Error(`no selector in ${query}`)
  return selectors.map(({ names, labels }) => ({ names, labels: [...labels, ...grouped] }))
}

function selectorOf(node: SyntaxNode, text: (node: SyntaxNode) => string): Asked {
  const name = node.getChild('Identifier')
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []
  const pairs = matchers.map((matcher) => {
    const [label, , value] = [matcher.getChild('LabelName'), null, matcher.getChild('StringLiteral')]
    return [label ? text(label) : '', value ? JSON.parse(text(value)) : ''] as [string, string]
  })
  const byName = pairs.find(([label]) => label === '__name__')?.[1]
  if (name === null && byName === undefined) throw new Error('a selector without a metric')
  return {
    names: new RegExp(`^(${name ? text(name) : byName})$`),
    labels: pairs.map(([label]) => label).filter((label) => label !== '__name__' && label !== 'job')
  }
}

/** The labels of each metric of a scrape. */
export function labelsOf(scrape: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const [, name = '', labels = ''] of scrape.matchAll(/^([a-z]\w*)(?:\{(.*)\})? \S+$/gm)) {
    const known = found.get(name) ?? new Set<string>()
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label)
    found.set(name, known)
  }
  return found
}
