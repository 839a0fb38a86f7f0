import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { searching } from '../../../../test/fuzz/runs.ts'
import type { CatalogueApi } from '../../src/apis/api.ts'
import { isFcDataError } from '../../src/errors.ts'
import { readAnswer } from '../../src/reading/answer.ts'
import { enabled, everyEntry, textOf } from './enabled.ts'
import { ABSENT, answerOf, expected, intruders, type Place, placesOf, put } from './mutation.ts'

const answer = (text: string) => ({ status: 200, text, receivedAt: 0, correlationId: 'c' })

/**
 * A body in which no member of the API is left is not its answer, unless it is empty from the start, or names a member to
 * say that it is null.
 */
function strange(entry: CatalogueApi, wanted: unknown, leftOut: readonly string[], sent: unknown): boolean {
  const { properties, items } = entry.data as { properties?: object; items?: { properties: object } }
  const names = Object.keys(properties ?? items!.properties)
  const objects = (Array.isArray(wanted) ? wanted : [wanted]) as object[]
  const members = objects.flatMap((one) => Object.keys(one))
  const first = (Array.isArray(sent) ? sent[0] : sent) as Record<string, unknown> | null | undefined
  if (names.some((name) => first?.[name] === null)) return false
  return !members.some((name) => names.includes(name)) && leftOut.length + members.length > 0
}

/** Reads an answer with intruders in it; says in one sentence what is wrong with the reading, if anything is. */
function judge(entry: CatalogueApi, api: ReturnType<typeof enabled>, changes: [Place, unknown][]): string | null {
  // a list without one of its items is another list
  if (changes.some(([place, intruder]) => place.inList && intruder === ABSENT)) return null
  const sent = answerOf(entry.data)
  const wanted = answerOf(entry.data)
  const leftOut: string[] = []
  for (const [place, intruder] of changes) {
    const outcome = expected(place, intruder)
    put(sent, place.path, intruder)
    put(wanted, place.path, outcome.value)
    leftOut.push(...outcome.leftOut)
  }
  const text = textOf(entry, sent)
  const isStrange = strange(entry, wanted, leftOut, sent)
  try {
    const { data, meta } = readAnswer(api, answer(text))
    if (isStrange) return `${text} was taken`
    if (!isDeepStrictEqual(data, wanted)) return `${JSON.stringify(data)} was read instead of ${JSON.stringify(wanted)}`
    const named = [...(meta.leftOut ?? [])].sort()
    return isDeepStrictEqual(named, leftOut.sort()) ? null : `left out: ${named}, instead of ${leftOut}`
  } catch (error) {
    if (!isFcDataError(error) || error.code !== 'FST_FC_DATA_INVALID_RESPONSE') return String(error)
    if (error.message.includes('citizen-datum')) return `a value in the message: ${error.message}`
    if (!changes.some(([{ path }]) => error.message.includes(String(path[0])))) return `no member in: ${error.message}`
    return isStrange ? null : `${text} was refused: ${error.message}`
  }
}

const overlap = (one: Place, other: Place) => one.path.every((name, index) => other.path[index] === name)

t.test('whatever one member becomes, the rest of the answer stays', async (t) => {
  let count = 0
  for (const entry of everyEntry) {
    const api = enabled(entry)
    for (const place of placesOf(entry.data as object)) {
      for (const [name, intruder] of intruders) {
        if (place.inList && intruder === ABSENT) continue
        count++
        const wrong = judge(entry, api, [[place, intruder]])
        if (wrong) t.fail(`${entry.name}, ${place.path.join('.')} is ${name}: ${wrong}`)
      }
    }
  }
  t.comment(`${count} answers of ${everyEntry.length} entries, each with one intruder`)
  t.ok(count > 5000, 'every member of every entry')
})

t.test('several at once', async (t) => {
  const runs = searching(60)
  let count = 0
  for (const entry of everyEntry) {
    const api = enabled(entry)
    const change = fc.tuple(fc.constantFrom(...placesOf(entry.data as object)), fc.constantFrom(...intruders))
    const property = fc.property(fc.array(change, { minLength: 2, maxLength: 6 }), (given) => {
      const apart = given.filter(
        ([place], index) =>
          !given.some(([other], at) => at !== index && (overlap(other, place) || overlap(place, other)))
      )
      count++
      const wrong = judge(
        entry,
        api,
        apart.map(([place, [, intruder]]) => [place, intruder])
      )
      if (wrong) throw new Error(wrong)
    })
    t.doesNotThrow(() => fc.assert(property, runs), entry.name)
  }
  t.comment(`${count} answers with several intruders, seed ${'seed' in runs ? runs.seed : 'random'}`)
})
