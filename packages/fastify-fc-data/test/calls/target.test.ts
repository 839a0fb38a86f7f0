import t from 'tap'
import { targets } from '../../src/calls/target.ts'

const base = 'https://api.ville.example'

t.test('path and query are encoded', async (t) => {
  const target = targets('x', `${base}/v1/{rue}/cantine?format=json`, { recipient: '13002526500013' }, ['nir'])
  t.strictSame(target({ rue: 'a b/é', nir: '1', mois: 3, actif: true }), {
    origin: base,
    path: '/v1/a%20b%2F%C3%A9/cantine?format=json&recipient=13002526500013&mois=3&actif=true'
  })
})

t.test('a fixed parameter is not overridden', async (t) => {
  const target = targets('x', `${base}/a`, { recipient: '13002526500013' }, [])
  t.equal(target({ recipient: '1', a: 'x&recipient=2' }).path, '/a?recipient=13002526500013&a=x%26recipient%3D2')
})

t.test('whatever is put in the path stays in its segment', async (t) => {
  const target = targets('x', `${base}/v1/{rue}/cantine`, {}, [])
  const hostile = [
    '..',
    '.',
    '../../admin',
    'a/b',
    '%2e%2e%2f',
    '%2F',
    '?x=1',
    '#',
    '\\',
    ';',
    '\0',
    '‥',
    'http://evil.example',
    '//evil.example',
    '@evil.example',
    ''
  ]
  for (const rue of hostile) {
    let path: string
    try {
      path = target({ rue }).path
    } catch (error) {
      t.match(error, { code: 'FST_FC_DATA_INVALID_PARAMS' }, rue)
      continue
    }
    const url = new URL(base + path)
    t.equal(url.origin, base, rue)
    t.match(url.pathname, /^\/v1\/[^/]+\/cantine$/, rue)
    t.equal(url.search, '')
  }
  t.throws(() => target({ rue: '..' }), { code: 'FST_FC_DATA_INVALID_PARAMS' })
  t.throws(() => target({}), { code: 'FST_FC_DATA_INVALID_PARAMS' }, 'a missing one too')
})
