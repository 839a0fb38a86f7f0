import t from 'tap'
import { isSiret } from '../../src/options/siret.ts'

t.ok(isSiret('13002526500013'), 'the DINUM')
t.ok(isSiret('35600000000048'), 'La Poste, whose sum is a multiple of ten')
t.ok(isSiret('35600000009075'), 'La Poste, outside the rule')
t.notOk(isSiret('13002526500014'), 'a wrong check digit')
for (const value of [
  '',
  '1300252650001',
  '130025265000130',
  '13002526500O13',
  ' 13002526500013',
  13002526500013,
  null,
  undefined
])
  t.notOk(isSiret(value), `${value} is not a SIRET`)
