import type { OwnApi } from '../api.ts'
import type { Provider, ProviderCall } from '../providers/provider.ts'

/** Writes the body of a call, and says in its headers what it is when they do not. */
export type WriteBody = (call: ProviderCall, headers: Record<string, string>) => string | undefined

/** A POST carries what the provider object writes, else the parameters that are not in the path, as JSON. */
export function bodyOf({ method, url }: OwnApi, provider: Provider): WriteBody {
  if (method !== 'POST') return () => undefined
  const inPath = new Set([...url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
  return (call, headers) => {
    const others = Object.entries(call.params).filter(([name]) => !inPath.has(name))
    const body = provider.body ? provider.body(call) : Object.fromEntries(others)
    const named = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
    if (!named) headers['content-type'] = typeof body === 'string' ? 'text/plain;charset=UTF-8' : 'application/json'
    return typeof body === 'string' ? body : JSON.stringify(body)
  }
}
