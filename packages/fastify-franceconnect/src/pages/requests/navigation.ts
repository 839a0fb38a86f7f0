import type { Asked } from './asked.ts'
import { answersHtml } from './kind.ts'
import { siteOf } from './site.ts'

export { isNavigation } from './kind.ts'
export { isPrefetch } from './prefetch.ts'

/** The same whatever the method: a form sent by a browser too. */
export const isBrowserPage = answersHtml

/** Whether another site sent the browser here. */
export function isFromElsewhere(request: Asked, baseUrl: string): boolean {
  return siteOf(request, baseUrl) === 'cross-site'
}
