let planted = {}

export function initialize(faults) {
  planted = faults
}

const plugin = '/packages/fastify-franceconnect/dist/'
const faultOf = (url) => new URL(url, 'file:///').searchParams.get('fault')

/** A copy of the plugin a fault: its own modules all over, so that nothing is shared with the sound one. */
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context)
  const fault = context.parentURL ? faultOf(context.parentURL) : null
  if (fault === null || !found.url.includes(plugin) || faultOf(found.url) !== null) return found
  return { ...found, url: `${found.url}?fault=${fault}` }
}

export async function load(url, context, next) {
  const fault = planted[faultOf(url)]
  const loaded = await next(url, context)
  if (!fault || !new URL(url).pathname.endsWith(plugin + fault.file)) return loaded
  const text = String(loaded.source)
  if (text.split(fault.sound).length !== 2) throw new Error(`${fault.file} does not say once: ${fault.sound}`)
  return { ...loaded, source: text.replace(fault.sound, () => fault.planted) }
}
