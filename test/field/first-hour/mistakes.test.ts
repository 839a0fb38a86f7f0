import { readFileSync } from 'node:fs'
import t from 'tap'
import { mistakes, startHour } from './mistakes.ts'
import { moreMistakes } from './more-mistakes.ts'

const hour = await startHour()
t.teardown(() => hour.close())

/** What a reader sees of it: a log line or an answer is read for its sentence. */
const sentence = (text: string) =>
  text
    .replaceAll(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

for (const { name, make, says } of [...mistakes, ...moreMistakes]) {
  t.test(name, async (t) => {
    const text = sentence(await make(hour))
    const told = [...text.matchAll(/"(?:reason|message|msg)":"((?:[^"\\]|\\.)*)"/g)].map(([, found]) => found)
    t.comment(`→ ${(told.length > 0 ? told.join(' · ') : text).slice(0, 400)}`)
    for (const part of says) t.match(text, part)
  })
}

t.test('what people look for is in the page where they look', async (t) => {
  for (const document of ['docs/recipes/troubleshooting.md', 'docs/fr/recipes/troubleshooting.md']) {
    const text = readFileSync(new URL(`../../../${document}`, import.meta.url), 'utf8')
    for (const symptom of [
      "Cannot read properties of undefined (reading 'requireLogin')",
      'ECONNREFUSED',
      '--base-url',
      '415',
      '`request.fcData`',
      'autoload.md',
      'FST_FC_ATTEMPT_NOT_FOUND'
    ]) {
      t.ok(text.includes(symptom), `${document}: ${symptom}`)
    }
  }
})
