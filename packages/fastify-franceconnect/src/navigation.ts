import type { Asked } from './requests/asked.ts'
import { answersHtml } from './requests/kind.ts'
import { siteOf } from './requests/site.ts'

export { isNavigation } from './requests/kind.ts'
export { isPrefetch } from './requests/prefetch.ts'

/** The same whatever the method: a form sent by a browser too. */
export const isBrowserPage = answersHtml

/** Whether another site sent the browser here. */
export function isFromElsewhere(request: Asked, baseUrl: string): boolean {
  return siteOf(request, baseUrl) === 'cross-site'
}
