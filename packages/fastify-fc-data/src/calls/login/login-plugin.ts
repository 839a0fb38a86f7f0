import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { urlAsked } from 'franceconnect-protocol/incoming'

/** The part of a login that is read here. */
export interface PluginLogin {
  readonly id: string
  readonly sub: string
  readonly scope: readonly string[]
  readonly accessToken: { readonly value: string; readonly expiresAt: Date } | null
}

/** What `app.franceConnect` offers to other plugins, as fastify-franceconnect publishes it. */
export interface LoginPlugin {
  readonly platform: 'franceconnect' | 'franceconnect-plus'
  readonly environment: 'integration' | 'production' | null
  extend(extension: {
    scopes?: readonly string[]
    onLogin?(request: FastifyRequest, login: PluginLogin, needs: readonly string[]): unknown
    onLogout?(loginId: string): unknown
  }): void
  seal(text: string, purpose: string): string
  unseal(text: string, purpose: string): string | null
  hash(text: string, purpose: string): string
  loginUrl(returnTo?: string): string
  challenge(
    request: FastifyRequest,
    reply: FastifyReply,
    options: { error: Error; scope?: readonly string[]; needs?: readonly string[] }
  ): Promise<FastifyReply>
  returning(request: FastifyRequest, reply: FastifyReply): boolean
}

/** The login plugin of this context, when there is one. */
export function loginPlugin(app: FastifyInstance): LoginPlugin | null {
  return app.hasDecorator('franceConnect') ? (app as unknown as { franceConnect: LoginPlugin }).franceConnect : null
}

/** Where to log in and come back to this request; a form that was sent cannot be come back to. */
export function loginUrlOf(plugin: LoginPlugin | null, request: FastifyRequest): string | undefined {
  const { method } = request
  return plugin?.loginUrl(method === 'GET' || method === 'HEAD' ? urlAsked(request) : undefined)
}

/** The login of a request, when there is one. */
export function loginOf(request: FastifyRequest): PluginLogin | null {
  return (request as unknown as { franceConnect?: PluginLogin | null }).franceConnect ?? null
}
