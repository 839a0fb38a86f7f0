import type { ServiceRequest } from '../platform/engine/sessions.ts'
import type { Return } from './page-error.ts'

/** The link that brings the citizen back to the service with an error. */
export function backLink(prefix: string, back: Return, request: ServiceRequest): string {
  const query = new URLSearchParams({ ...back, state: request.state, redirect_uri: request.redirectUri })
  return `${prefix}/redirect-to-sp-with-error?${query}`
}
