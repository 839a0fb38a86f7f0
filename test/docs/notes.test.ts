import { catalogue } from 'fastify-fc-data'
import t from 'tap'

type In = (language: 'fr' | 'en', english: string) => string
const { noteIn, opensIn }: { noteIn: In; opensIn: In } = await import(
  new URL('../../site/notes-french.mjs', import.meta.url).href
)

t.test('every note of the catalogue is said in French too', (t) => {
  const notes = Object.values(catalogue).flatMap(({ statusNote, notes = [] }) => [...notes, statusNote ?? []].flat())
  t.ok(new Set(notes).size > 30)
  for (const note of new Set(notes)) {
    const french = noteIn('fr', note)
    const facts = (text: string) => [...text.matchAll(/`[^`]+`|\b\d{5}\b|\b\w+_\w+\b/g)].map(String).sort()
    t.strictSame(facts(french), facts(note), note)
    t.equal(noteIn('en', note), note)
  }
  t.throws(() => noteIn('fr', 'a note that nobody said in French'))
  t.end()
})

t.test('what a scope opens is said in French, where it is more than the names of members', (t) => {
  const opens = new Set(Object.values(catalogue).flatMap(({ fields }) => Object.values(fields)))
  const english = /\b(the|this|no|at|is|are|may|because|stripped|whole|answer)\b/
  t.ok([...opens].some((text) => english.test(text)))
  for (const text of opens) t.notMatch(opensIn('fr', text), english, text)
  t.end()
})
