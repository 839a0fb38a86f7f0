import t from 'tap'
import { entries } from '../../src/apis/entries.ts'
import {
  anneeDejaCommencee,
  anneeScolaireCommencee,
  immatriculation,
  moisDepuis24Mois,
  periodeAVenir,
  plaqueNormalisee
} from '../../src/apis/parameters.ts'
import { paramsChecker } from '../../src/calls/params.ts'
import { targets } from '../../src/calls/target.ts'

const now = new Date('2026-11-23T12:00:00Z')

t.test('a month of the quotient familial is within the last 24 months', async (t) => {
  t.equal(moisDepuis24Mois({}, now), undefined)
  t.equal(moisDepuis24Mois({ annee: 2026, mois: 11 }, now), undefined)
  t.equal(moisDepuis24Mois({ annee: 2024, mois: 12 }, now), undefined, 'the 23rd before')
  t.match(moisDepuis24Mois({ annee: 2024, mois: 11 }, now), /annee and mois must be within the last 24 months/)
  t.match(moisDepuis24Mois({ annee: 2024, mois: 10 }, now), /24 months/)
  t.match(moisDepuis24Mois({ annee: 2026, mois: 12 }, now), /future/)
  t.match(moisDepuis24Mois({ mois: 12 }, now), /future/)
  t.equal(moisDepuis24Mois({ annee: 2025 }, now), undefined, 'the present month of that year')
  t.match(moisDepuis24Mois({ annee: 2024 }, now), /^annee must be within .* without mois, annee is the present month/)
  t.match(moisDepuis24Mois({ annee: 2023 }, now), /24 months/)
  t.equal(moisDepuis24Mois({ mois: 12 }, new Date('2026-11-30T23:30:00Z')), undefined, 'already December in Paris')
  t.match(moisDepuis24Mois({ annee: 2024, mois: 12 }, new Date('2026-11-30T23:30:00Z')), /24 months/, 'there too')
})

t.test('years are not in the future', async (t) => {
  t.equal(anneeDejaCommencee({ annrev: 2025 }, now), undefined)
  t.match(anneeDejaCommencee({ annrev: 2027 }, now), /future/)
  t.equal(anneeScolaireCommencee({ campaignYear: 2026 }, now), undefined)
  t.equal(anneeScolaireCommencee({}, now), undefined)
  t.match(anneeScolaireCommencee({ campaignYear: 2027 }, now), /future/)
})

t.test('number plates are written one way', async (t) => {
  const check = paramsChecker('a', immatriculation, { canonical: plaqueNormalisee, wrong: t.fail as never })
  for (const plaque of ['FC-456-CD', 'fc-456-cd', 'FC456CD', 'fc 456 cd'])
    t.strictSame(check({ immatriculation: plaque }), { immatriculation: 'FC-456-CD' })
  t.strictSame(check({ immatriculation: '123 abc 2a' }), { immatriculation: '123 ABC 2A' })
  t.strictSame(check({ immatriculation: '1234AB75' }), { immatriculation: '1234 AB 75' })
  for (const plaque of ['', 'FC-456', 'FC-4567-CD', 'FÇ-456-CD', 'FC-456-CD&admin=1', "FC-456-CD' OR 1", 'FC-456-CD\n'])
    t.throws(() => check({ immatriculation: plaque }), { code: 'FST_FC_DATA_INVALID_PARAMS' }, JSON.stringify(plaque))
})

t.test('rights are read from today on, a year ahead at most', async (t) => {
  t.equal(periodeAVenir({}, now), undefined)
  t.equal(periodeAVenir({ dateDebut: '2026-11-23', dateFin: '2027-11-23' }, now), undefined)
  t.match(periodeAVenir({ dateDebut: '2026-11-22' }, now), /before today/)
  t.match(periodeAVenir({ dateFin: '2026-11-22' }, now), /before/)
  t.match(periodeAVenir({ dateDebut: '2026-12-02', dateFin: '2026-12-01' }, now), /before/)
  t.match(periodeAVenir({ dateFin: '2027-12-01' }, now), /one year/)
  t.match(periodeAVenir({ dateDebut: '2027-02-30' }, now), /calendar/)
})

t.test('the API of the Sécurité sociale alone take a delegation', async (t) => {
  for (const { name, params, path } of entries) {
    const check = paramsChecker(name, params, { wrong: t.fail as never })
    const given = { delegation_id: '5f1c0f0e-8f1b-4c63-a3f5-1f5b6c3a9d10' }
    if (!name.startsWith('dss/')) {
      t.throws(() => check(given), { code: 'FST_FC_DATA_INVALID_PARAMS' }, name)
      continue
    }
    const target = targets(name, `https://a.example${path}`, { recipient: '13002526500013' }, [])
    t.match(target(check(given)).path, new RegExp(`[&]delegation_id=${given.delegation_id}$`), name)
    t.strictSame(check({}), {}, 'and need none')
    for (const wrong of ['', 'a b', 'a\n', 7, ['a']])
      t.throws(() => check({ delegation_id: wrong }), { code: 'FST_FC_DATA_INVALID_PARAMS' }, JSON.stringify(wrong))
  }
})
