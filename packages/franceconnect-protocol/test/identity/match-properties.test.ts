import fc from 'fast-check'
import t from 'tap'
import { foldName, matchOne, matchPerson, type Person } from '../../src/identity/identity.ts'

const options = { numRuns: Number(process.env.FUZZ_RUNS ?? 300) }
const name = fc.oneof(
  fc.constantFrom('Dubois', 'DUBOIS', "D'Arc", 'D ARC', 'Œuvré', 'Нгуен', '李', '', '-', 'Jean-Pierre', 'Jean Pierre'),
  fc.string({ unit: 'grapheme', maxLength: 12 })
)
const birthdate = fc.constantFrom('1962-08-24', '1962-08-25', '1992-00-00', '1992-11-00', '1992', '', 'x')
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const person: fc.Arbitrary<Person> = fc.record({
  givenNames: maybe(fc.array(name, { maxLength: 3 })),
  familyName: maybe(name),
  birthdate: maybe(birthdate),
  gender: maybe(fc.constantFrom('male', 'female', 'unspecified', '')),
  birthplace: maybe(fc.constantFrom('75107', '69123', '2A004', '', 'Paris')),
  birthcountry: maybe(fc.constantFrom('99100', '99352', ''))
})
/** People who look alike, so that matches do happen. */
const crowd = person.chain((one) =>
  fc.record({
    sought: fc.constant(one),
    candidates: fc.array(
      fc.oneof(
        fc.constant({ ...one }).map((copy) => ({ ...copy })),
        fc
          .tuple(person, fc.subarray(['givenNames', 'familyName', 'birthdate', 'gender', 'birthplace'] as const))
          .map(([other, kept]) => ({ ...other, ...Object.fromEntries(kept.map((field) => [field, one[field]])) })),
        person
      ),
      { maxLength: 6 }
    )
  })
)

t.test('the order of candidates never matters', async () => {
  fc.assert(
    fc.property(crowd, fc.infiniteStream(fc.nat()), ({ sought, candidates }, order) => {
      const shuffled = candidates
        .map((candidate) => ({ candidate, at: order.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ candidate }) => candidate)
      return matchOne(sought, candidates) === matchOne(sought, shuffled)
    }),
    options
  )
})

t.test('a citizen never matches two records: a record twice gives nothing', async () => {
  fc.assert(
    fc.property(crowd, ({ sought, candidates }) => {
      const match = matchOne(sought, candidates)
      return match === null || matchOne(sought, [...candidates, { ...match }]) === null
    }),
    options
  )
})

t.test('who is found is known by name, given name and birthdate, and has them', async () => {
  fc.assert(
    fc.property(crowd, ({ sought, candidates }) => {
      const match = matchOne(sought, candidates)
      if (match === null) return true
      const first = (one: Person) => foldName(one.givenNames?.[0] ?? '')
      return (
        foldName(match.familyName!) === foldName(sought.familyName!) &&
        foldName(match.familyName!) !== '' &&
        first(match) === first(sought) &&
        match.birthdate!.slice(0, 4) === sought.birthdate!.slice(0, 4)
      )
    }),
    options
  )
})

t.test('a stranger more or less changes nothing, and matching is mutual', async () => {
  fc.assert(
    fc.property(crowd, ({ sought, candidates }) => {
      const match = matchOne(sought, candidates)
      const stranger = { ...sought, familyName: `${sought.familyName ?? ''}x` }
      if (matchOne(sought, [...candidates, stranger]) !== match) return false
      return match === null || matchOne(match, [sought]) === sought
    }),
    options
  )
})

t.test('folding folds once, and what is said of a search holds no value', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => foldName(foldName(text)) === foldName(text)),
    options
  )
  fc.assert(
    fc.property(crowd, ({ sought, candidates }) => {
      const { match: _, ...said } = matchPerson(sought, candidates)
      return /^[a-zA-Z0-9{}":,]+$/.test(JSON.stringify(said))
    }),
    options
  )
})
