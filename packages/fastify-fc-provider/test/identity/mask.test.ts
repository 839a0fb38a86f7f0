import t from 'tap'
import { createMask } from '../../src/identity/mask.ts'

const mask = createMask(
  new Map([
    ['ville_solde', 'Solde'],
    ['ville_enfants', 'Enfants']
  ])
)
const map = { ville_solde: ['solde', 'date'], ville_enfants: ['enfants'] } as const
const family = { solde: 12, date: null, enfants: ['Léa'], note: 'secret' }

t.test('what no granted scope opens is absent, never null', async (t) => {
  t.strictSame(mask(family, map, ['ville_solde', 'ville_enfants']), { solde: 12, date: null, enfants: ['Léa'] })
  t.strictSame(mask(family, map, ['ville_enfants']), { enfants: ['Léa'] })
  t.strictSame(mask(family, map, []), {})
  t.strictSame(mask(family, map, ['constructor', '__proto__', 'dgfip_rfr']), {})
  t.strictSame(mask([family, family], map, ['ville_enfants']), [{ enfants: ['Léa'] }, { enfants: ['Léa'] }])
  t.strictSame(
    mask({ solde: 0 } as { solde: number; date?: null }, { ville_solde: ['solde', 'date'] }, ['ville_solde']),
    { solde: 0 }
  )
  t.strictSame(mask({}, { ville_solde: ['toString', '__proto__'] as never[] }, ['ville_solde']), {}, 'own members only')
})

t.test('nobody found is 404', async (t) => {
  for (const nothing of [null, undefined]) {
    t.throws(() => mask<typeof family>(nothing, map, ['ville_solde']), { code: 'FST_FC_PROVIDER_NOT_MATCHED' })
  }
})

t.test('a map names declared scopes only, whoever asks; it may be checked at boot', async (t) => {
  const invalid = { code: 'FST_FC_PROVIDER_INVALID_OPTIONS' }
  t.throws(() => mask(family, { ...map, ville_dette: ['note'] }, ['ville_solde']), invalid)
  t.throws(() => mask({ ville_dette: ['note'] }), invalid)
  t.throws(() => mask(family, { ville_solde: 'solde' as never }, ['ville_solde']), invalid)
  t.throws(() => mask(family, null as never, ['ville_solde']), invalid)
  t.throws(() => mask(family, map, undefined as never), invalid)
  const served = mask(map)
  t.strictSame(served(family, ['ville_enfants']), { enfants: ['Léa'] })
})
