import { dataLabel } from '../pages/data-labels.ts'
import type { ScopeTable } from '../platform/scopes.ts'
import { type Exchange, objectIn } from './exchange.ts'
import type { OpenedView } from './view.ts'

/** What is needed to say which scope opened which field. */
export interface ScopeContext {
  /** The scopes of the login. */
  granted: string[]
  /** Scope → claims of userinfo, on this platform. */
  claims: ScopeTable
  /** Field → scopes that it needs, of a data provider's answer. */
  fields: readonly (readonly [path: string, ...scopes: string[]])[] | undefined
  /** Labels of the scopes of data providers of one's own. */
  labels: Record<string, string>
}

/** Whether a dotted path leads somewhere; lists are walked through. */
function has(value: unknown, [step, ...rest]: string[]): boolean {
  if (step === undefined) return value !== undefined
  if (Array.isArray(value)) return value.some((item) => has(item, [step, ...rest]))
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false
  return has((value as Record<string, unknown>)[step], rest)
}

const everything = 'toute la réponse'

function ofAnswer(exchange: Exchange, { granted, fields, labels }: ScopeContext): OpenedView[] {
  const body = objectIn(exchange.responseBody)
  const data = typeof body.data === 'object' && body.data !== null ? body.data : body
  const byScope = new Map<string, OpenedView>()
  for (const [path, ...scopes] of fields ?? []) {
    for (const scope of scopes) {
      const isGranted = granted.includes(scope)
      const view = byScope.get(scope) ?? {
        scope,
        label: labels[scope] ?? dataLabel(scope),
        granted: isGranted,
        fields: []
      }
      byScope.set(scope, view)
      const name = path === '*' ? everything : path
      const shown = path === '*' || has(data, path.split('.'))
      if ((shown || !isGranted) && !view.fields.includes(name)) view.fields.push(name)
    }
  }
  return [...byScope.values()].filter((view) => view.fields.length > 0)
}

function ofUserinfo(content: string, { granted, claims }: ScopeContext): OpenedView[] {
  const present = Object.keys(objectIn(content))
  return granted
    .map((scope) => ({
      scope,
      label: 'Identité',
      granted: true,
      fields: (claims[scope] ?? []).filter((claim) => present.includes(claim))
    }))
    .filter(({ fields }) => fields.length > 0)
}

/**
 * Which scope opened which field of an answer, and what those that were not granted would have opened.
 *
 * @param userinfo the content of the answer's token, in JSON, when it is userinfo and could be opened.
 */
export function openedBy(exchange: Exchange, context: ScopeContext, userinfo: string | undefined): OpenedView[] {
  if (exchange.status !== 200) return []
  if (exchange.to === 'dataProvider') return ofAnswer(exchange, context)
  return exchange.route === '/userinfo' && userinfo !== undefined ? ofUserinfo(userinfo, context) : []
}
