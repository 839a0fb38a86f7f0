let formats = ''

export function initialize(given) {
  formats = given
}

const changes = {
  'fastify-franceconnect/dist/session/login-rows.js': [
    ['const known = [written];', 'const known = [written, written + 1];'],
    ['v: written,', 'v: WRITTEN,', 'v: written + 1,']
  ],
  'fastify-fc-data/dist/held/hold.js': [
    ['version === VERSION', '(version === VERSION || version === VERSION + 1)'],
    ['JSON.stringify([VERSION, binding', 'JSON.stringify([VERSION, binding', 'JSON.stringify([VERSION + 1, binding']
  ]
}

export async function load(url, context, next) {
  const loaded = await next(url, context)
  const file = Object.keys(changes).find((name) => url.endsWith(name))
  if (file === undefined) return loaded
  let source = String(loaded.source)
  for (const [sound, reads, writes = reads] of changes[file]) {
    if (source.split(sound).length !== 2) throw new Error(`${file} does not say once: ${sound}`)
    source = source.replace(sound, () => (formats === 'writes-next' ? writes : reads.replace('WRITTEN', 'written')))
  }
  return { ...loaded, source }
}
