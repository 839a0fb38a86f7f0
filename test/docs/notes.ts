import { catalogue } from 'fastify-fc-data'
import t from 'tap'

// the site is JavaScript, built beside the workspace
const notes: {
  french: Record<string, string>
  untranslated(entries: unknown[]): string[]
} = await import(new URL('../../site/notes.fr.mjs', import.meta.url).href)

t.test('what the catalogue says of each API is in French on the site', async (t) => {
  t.strictSame(notes.untranslated(Object.values(catalogue)), [], 'site/notes.fr.mjs says it all')
})

t.test('no sentence in French is of something that the catalogue no longer says', async (t) => {
  const said = JSON.stringify(catalogue)
  const gone = Object.keys(notes.french).filter((text) => !said.includes(JSON.stringify(text).slice(1, -1)))
  t.strictSame(gone, [])
})
