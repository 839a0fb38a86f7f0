import t from 'tap'
import { estimer, revenuAnnualise } from '../src/bareme.ts'

const seul = { revenu: 0, personnes: 1, patrimoineMobilier: 0, patrimoineImmobilier: 0 }

t.test('the published ceilings of one person, to the euro', async (t) => {
  const taux = (revenu: number) => estimer({ ...seul, revenu }).taux
  t.equal(taux(12_862), 100)
  t.equal(taux(12_863), 55)
  t.equal(taux(15_203), 55)
  t.equal(taux(15_204), 25)
  t.equal(taux(19_290), 25)
  t.equal(taux(19_291), 0)
  t.equal(estimer({ ...seul, revenu: 19_291 }).depassement, 'revenu')
})

t.test('the published ceilings of two persons, and those that the decree adds after', async (t) => {
  const plafonds = (personnes: number) => estimer({ ...seul, personnes }).tranches.map(({ plafond }) => plafond)
  t.strictSame(plafonds(2), [15_177, 17_518, 21_605])
  t.strictSame(plafonds(3), [17_492, 19_833, 23_920])
  t.strictSame(plafonds(4), [18_954, 21_295, 25_382])
})

t.test('property above its ceiling refuses whatever the income', async (t) => {
  t.match(estimer({ ...seul, patrimoineMobilier: 12_863 }), { taux: 0, depassement: 'patrimoine mobilier' })
  t.match(estimer({ ...seul, patrimoineImmobilier: 38_581 }), { taux: 0, depassement: 'patrimoine immobilier' })
  t.match(estimer({ ...seul, patrimoineMobilier: 12_862, patrimoineImmobilier: 38_580 }), { taux: 100 })
  t.match(estimer({ ...seul, personnes: 2, patrimoineImmobilier: 45_524 }), { taux: 100 })
})

t.test('an income that changed is twice six months, less ten percent', async (t) => {
  t.equal(revenuAnnualise(5000), 9000)
})
