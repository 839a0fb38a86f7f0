/** The options that decide the host. */
interface HostOptions {
  hostName?: string
  otherSite?: boolean
  baseUrl?: string | string[]
  listenAddress?: string
}

const hostOf = (address: string): string => new URL(address).hostname

/**
 * The host in every address that the sandbox publishes. On another site than the service's, it is the one of `127.0.0.1`
 * and `localhost` that the service does not have: browsers take the two for different sites, so that a `SameSite` cookie
 * of the service stays at home on the way back from FranceConnect, as in production; and both lead to this machine
 * everywhere, which a name in `.localhost` does for browsers only.
 */
export function publishedHost({ hostName, otherSite, baseUrl = [] }: HostOptions): string {
  if (!otherSite) return hostName ?? 'localhost'
  const services = [baseUrl].flat().map(hostOf)
  return services.includes('127.0.0.1') ? 'localhost' : '127.0.0.1'
}

/** Why no host is on another site than every one of these services; undefined when one is. */
export function whyNoOtherSite({ hostName, otherSite, baseUrl = [], listenAddress }: HostOptions): string | undefined {
  if (!otherSite) return undefined
  if (hostName !== undefined) return 'hostName and otherSite both choose the host of the addresses: give one of them'
  if (listenAddress !== undefined && !['127.0.0.1', '0.0.0.0', '::'].includes(listenAddress)) {
    return 'otherSite needs the sandbox on 127.0.0.1: leave listenAddress out'
  }
  const services = [baseUrl].flat().map(hostOf)
  const both = services.includes('localhost') && services.includes('127.0.0.1')
  return both ? 'otherSite cannot be another site than both localhost and 127.0.0.1: give one baseUrl' : undefined
}
