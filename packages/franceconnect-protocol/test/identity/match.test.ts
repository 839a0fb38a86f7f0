import t from 'tap'
import { foldName, matchOne, matchPerson, type Person } from '../../src/identity/identity.ts'

const angela: Person = {
  givenNames: ['Angela', 'Claire', 'Louise'],
  familyName: 'DUBOIS',
  birthdate: '1962-08-24',
  gender: 'female',
  birthplace: '75107',
  birthcountry: '99100'
}

t.test('names as registers agree on them', async (t) => {
  const same: string[][] = [
    ['Œuvré-Lefèvre', 'OEUVRE LEFEVRE', 'oeuvré lefevre'],
    ["D'Arc", 'D’ARC', 'D ARC', 'DARC', 'dʼarc'],
    ['Jean-Pierre', 'JEAN PIERRE', 'Jean‑Pierre', ' jean  pierre '],
    ['Sørensen', 'SORENSEN'],
    ['Groß', 'GROSS', 'GROẞ'],
    ['Łukasz', 'Lukasz'],
    ['İbrahim', 'IBRAHIM', 'ibrahim', 'ıbrahim'],
    ['Nguyễn', 'NGUYEN', 'Nguye\u0302\u0303n'],
    ['Παπαδόπουλος', 'ΠΑΠΑΔΟΠΟΥΛΟΣ'],
    ['Олена', 'ОЛЕНА'],
    ['Ｄｕｂｏｉｓ', 'dubois']
  ]
  for (const [first, ...others] of same) for (const other of others) t.equal(foldName(other), foldName(first!), other)
  const apart: [string, string][] = [
    ['Олена', 'Ольга'],
    ['Сергей', 'Сергеи'],
    ['ガ', 'カ'],
    ['कमल', 'कोमल'],
    ['محمد', 'محمود'],
    ['李', '王'],
    ['Martin', 'Martinez'],
    ['Anne', 'Anne-Marie']
  ]
  for (const [one, other] of apart) t.not(foldName(one), foldName(other), `${one} ≠ ${other}`)
  for (const text of ['Ольга', 'محمد', '李', 'कमल']) t.not(foldName(text), '', 'every script is kept')
})

t.test('family name, first given name and whole birthdate', async (t) => {
  const found = (candidate: Person) => matchOne(angela, [candidate]) !== null
  t.ok(found({ familyName: 'Dubois', givenNames: ['ANGÉLA'], birthdate: '1962-08-24' }))
  t.ok(found({ familyName: 'Dubois', givenNames: 'Angela', birthdate: '1962-08-24' }), 'a text is one first name')
  t.notOk(found({ familyName: 'Dubois', givenNames: ['Claire'], birthdate: '1962-08-24' }), 'the second given name')
  t.notOk(found({ familyName: 'Dubois', givenNames: 'Angela Claire', birthdate: '1962-08-24' }), 'never cut at spaces')
  t.notOk(found({ familyName: 'Duboi', givenNames: ['Angela'], birthdate: '1962-08-24' }))
  t.notOk(found({ familyName: 'Dubois', givenNames: ['Angela'], birthdate: '1962-08-25' }))
  for (const missing of ['familyName', 'givenNames', 'birthdate']) {
    for (const nothing of [undefined, null, '', '-']) {
      t.notOk(found({ ...angela, [missing]: nothing }), `${missing}: ${nothing}`)
      t.equal(matchOne({ ...angela, [missing]: nothing }, [{ ...angela, [missing]: nothing }]), null, 'unknown twice')
    }
  }
  t.ok(matchOne(angela, [{ ...angela, givenNames: ['Claire'] }], { anyGivenName: true }))
  t.notOk(matchOne(angela, [{ ...angela, givenNames: ['Marie'] }], { anyGivenName: true }))
})

t.test('birth name and usual name', async (t) => {
  const pierre: Person = {
    familyName: 'MERCIER',
    preferredUsername: 'DUBOIS',
    givenNames: ['Pierre'],
    birthdate: '1969-03-17'
  }
  const record: Person = { familyName: 'Dubois', givenNames: ['Pierre'], birthdate: '1969-03-17' }
  t.equal(matchOne(pierre, [record]), null, 'a usual name is not a birth name')
  t.equal(matchOne(pierre, [record], { usualName: true }), record)
  const two = [record, { ...record, familyName: 'Mercier' }]
  t.equal(matchOne(pierre, two, { usualName: true }), null, 'two records, nothing')
})

t.test('partial birthdates match only equal parts', async (t) => {
  const born = (birthdate: string) => ({ ...angela, birthdate })
  t.ok(matchOne(born('1992-00-00'), [born('1992-00-00')]))
  t.ok(matchOne(born('1992-11-00'), [born('1992-11')]))
  t.ok(matchOne(born('1992-00-00'), [born('1992')]))
  t.notOk(matchOne(born('1992-00-00'), [born('1992-11-03')]))
  t.notOk(matchOne(born('1992-11-00'), [born('1992-11-03')]))
  t.notOk(matchOne(born('1992-11-03'), [born('1992-11-00')]))
  for (const wrong of ['1992-13-01', '1992-00-03', '24/08/1962', '19920824', '0']) {
    t.notOk(matchOne(born(wrong), [born(wrong)]), `${wrong} is no birthdate`)
  }
})

t.test('gender and place break ties, and only contradictions do', async (t) => {
  const male = { ...angela, gender: 'male' }
  const elsewhere = { ...angela, birthplace: '69123' }
  t.equal(matchOne(angela, [male, angela]), angela)
  t.equal(matchOne(angela, [elsewhere, angela]), angela)
  t.equal(matchOne(angela, [male]), male, 'alone, a gender typed wrong hides nobody')
  t.equal(matchOne(angela, [angela, { ...angela, gender: undefined }]), null, 'never the best of two')
  t.equal(matchOne(angela, [angela, { ...angela, birthplace: 'Paris 7e' }]), null, 'a code and a name say nothing')
  t.equal(matchOne({ ...angela, gender: 'unspecified' }, [male, angela]), null, 'unspecified is not female')
  const abroad = { ...angela, birthplace: '', birthcountry: '99352' }
  t.equal(matchOne(abroad, [{ ...abroad, birthcountry: '99350' }, abroad]), abroad, 'born abroad: the country')
  t.equal(matchOne(angela, [male, elsewhere]), null, 'nobody left')
})

t.test('records of any shape, and what is said of a search', async (t) => {
  const rows = [
    { nom: 'Dubois', prenom: 'Angela', ne_le: '1962-08-24' },
    { nom: 'Dubois', prenom: 'Marie', ne_le: '1962-08-24' },
    { nom: 'Martin', prenom: 'Paul', ne_le: '1950-01-01' }
  ]
  const read = (row: (typeof rows)[number]) => ({ familyName: row.nom, givenNames: row.prenom, birthdate: row.ne_le })
  t.equal(matchOne(angela, new Set(rows), { read }), rows[0])
  const said = matchPerson(angela, rows, { read })
  t.strictSame(said.differed, { familyName: 1, givenNames: 2, birthdate: 1 })
  t.match(said, { outcome: 'matched', candidates: 3 })
  t.match(matchPerson(angela, []), { match: null, outcome: 'none', candidates: 0 })
  t.match(matchPerson(angela, [angela, angela]), { match: null, outcome: 'several' })
})

t.test('what cannot be compared is told, not guessed', async (t) => {
  const dated = { ...angela, birthdate: new Date('1962-08-24') } as unknown as Person
  t.throws(() => matchOne(angela, [dated]), { name: 'OptionProblem', message: /birthdate.*time zone/ })
  const pending = Promise.resolve([]) as unknown as Person[]
  t.throws(() => matchOne(angela, pending), { name: 'OptionProblem', message: /candidates.*awaited/ })
  t.throws(() => matchOne(angela, null as unknown as Person[]), { name: 'OptionProblem' })
  t.equal(matchOne(angela, [null as unknown as Person, 3 as unknown as Person]), null)
})
