import { catalogue } from 'fastify-fc-data'
import t from 'tap'

const { noteIn }: { noteIn(language: 'fr' | 'en', english: string): string } = await import(
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
