import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

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
    onLogout?(loginId: string, request: FastifyRequest | null): unknown
  }): void
  seal(text: string, purpose: string): string
  unseal(text: string, purpose: string): string | null
  hash(text: string, purpose: string): string
  loginUrl(request: FastifyRequest): string
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

/** The login of a request, when there is one. */
export function loginOf(request: FastifyRequest): PluginLogin | null {
  return (request as unknown as { franceConnect?: PluginLogin | null }).franceConnect ?? null
}
