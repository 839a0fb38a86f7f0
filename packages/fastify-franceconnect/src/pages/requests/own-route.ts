import type { FastifyRequest } from 'fastify'

const own = Symbol('franceconnect.route')

/** The configuration of a route that this plugin mounts. */
export const ownRoute = { [own]: true } as const

/** Whether the route that a request matched is one that this plugin mounted: a URL may only look like one. */
export function isOwnRoute({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as { [own]?: true } | undefined)?.[own] === true
}
