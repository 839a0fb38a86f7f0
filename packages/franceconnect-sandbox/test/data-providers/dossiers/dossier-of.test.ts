import t from 'tap'
import { builtInCitizens } from '../../../src/citizens/list.ts'
import { citizen } from '../../../src/citizens/register.ts'
import { dossierOf } from '../../../src/data-providers/dossiers/dossier-of.ts'
import { ageAt, nirOf } from '../../../src/data-providers/dossiers/portrait.ts'

const today = new Date('2026-11-23')

t.test('no two families have the same quotient familial, nor two people the same tax notice', async (t) => {
  const files = builtInCitizens.filter(({ refusal }) => !refusal).map((someone) => dossierOf(someone, today))
  const quotients = files.flatMap((file) => file?.allocataire?.quotient ?? [])
  t.ok(quotients.length > 10)
  t.equal(new Set(quotients).size, quotients.length)
  const incomes = files.flatMap((file) => file?.fiscal?.annees[2]?.rfr ?? []).filter((income) => income > 0)
  t.equal(new Set(incomes).size, incomes.length)
})

t.test('a citizen of your own has an ordinary file, the same at every call', async (t) => {
  const mine = citizen('mine', {
    title: '',
    given: ['Ada'],
    family_name: 'ROY',
    gender: 'female',
    birthdate: '1990-05-05'
  })
  const file = dossierOf(mine, today)
  t.match(file?.allocataire?.allocataires, [{ nom_naissance: 'ROY', sexe: 'F', date_naissance: '1990-05-05' }])
  t.match(file?.fiscal?.declarants, [{ prenoms: 'ADA', naissance: '1990-05-05' }])
  t.strictSame(dossierOf(mine, today), file)
  const prototype = dossierOf({ ...mine, id: '__proto__' }, today)
  t.ok(prototype?.fiscal, 'whatever the id')
})

t.test('a child has no file, and gets one with the years', async (t) => {
  const child = citizen('child', {
    title: '',
    given: ['Tom'],
    family_name: 'ROY',
    gender: 'male',
    birthdate: '2012-06-01'
  })
  t.strictSame(dossierOf(child, today), {})
  t.strictSame(Object.keys(dossierOf(child, new Date('2029-01-01')) ?? {}), ['serviceNational'])
  t.ok(dossierOf(child, new Date('2031-01-01'))?.fiscal)
})

t.test('an identity that the funds refuse is still known to the taxes', async (t) => {
  const described = { title: '', given: ['Sam'], family_name: 'ROY', birthdate: '1980-00-00' } as const
  const presumed = citizen('presumed', { ...described, given: ['Sam'], gender: 'male' })
  t.strictSame(Object.keys(dossierOf(presumed, today) ?? {}).sort(), ['fiscal', 'identiteRefusee'])
})

t.test('nobody, no file', async (t) => {
  t.equal(dossierOf(undefined, today), undefined)
})

t.test('ages and social security numbers', async (t) => {
  t.equal(ageAt('2000-11-23', today), 26)
  t.equal(ageAt('2000-11-24', today), 25)
  t.equal(ageAt('2000-12-01', today), 25)
  t.equal(nirOf('female', '1962-08-24', '75107', 42).length, 15)
  t.match(nirOf('female', '1955-08-14', '2B033', 108), /^2550818033108\d{2}$/, 'Corsica')
  t.match(nirOf('male', '1975-11-03', '99352'), /^17511993520\d{2}/)
})
