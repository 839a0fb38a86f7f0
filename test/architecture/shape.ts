import type { Source } from './tree.ts'

/** Names that a `src` shows: its files and its rooms. */
export function namesAtTop(list: readonly Source[], base: string): string[] {
  return [...new Set(list.map(({ path }) => path.slice(base.length + 1).split('/')[0]!))].sort()
}

/** Files that import each other, types included: one list per circle. */
export function circles(list: readonly Source[]): string[][] {
  const byPath = new Map(list.map((source) => [source.path, source]))
  const order = new Map<string, { index: number; low: number }>()
  const open: string[] = []
  const found: string[][] = []

  function visit(path: string): number {
    const mine = { index: order.size, low: order.size }
    order.set(path, mine)
    open.push(path)
    for (const { file } of byPath.get(path)!.imports) {
      if (file === undefined || !byPath.has(file)) continue
      if (!order.has(file)) mine.low = Math.min(mine.low, visit(file))
      else if (open.includes(file)) mine.low = Math.min(mine.low, order.get(file)!.index)
    }
    if (mine.low === mine.index) {
      const circle = open.splice(open.indexOf(path))
      if (circle.length > 1) found.push(circle.sort())
    }
    return mine.low
  }
  for (const { path } of list) if (!order.has(path)) visit(path)
  return found
}

/** Rooms of one package whose files load each other at run time: one list per circle. */
export function roomCircles(list: readonly Source[], base: string): string[][] {
  const roomOf = (path: string) => `${base}/${path.slice(base.length + 1).split('/')[0]}`
  const rooms = new Map<string, Source>()
  for (const source of list) {
    const path = roomOf(source.path)
    const room = rooms.get(path) ?? { path, text: '', lines: 0, imports: [] }
    for (const found of source.imports)
      if (found.file?.startsWith(`${base}/`) && !found.typeOnly && roomOf(found.file) !== path)
        room.imports.push({ ...found, file: roomOf(found.file) })
    rooms.set(path, room)
  }
  return circles([...rooms.values()])
}

/** Tests whose name does not end in `.test.ts`, or that stand in no room of what they test. */
export function lostTests(list: readonly Source[], base: string, rooms: readonly string[]): string[] {
  return list
    .filter(({ text }) => /^t\.test\(/m.test(text))
    .map(({ path }) => path)
    .filter((path) => {
      const [room, below] = path.slice(base.length + 1).split('/')
      return !path.endsWith('.test.ts') || (below !== undefined && !rooms.includes(room!))
    })
}

/** Factories of one name in two places: the same purpose twice. */
export function factoriesTwice(list: readonly Source[]): string[] {
  const places = new Map<string, string[]>()
  for (const { path, text } of list) {
    for (const [, name] of text.matchAll(/^(?:export )?(?:async )?(?:function|const) (create[A-Z]\w*)/gm)) {
      places.set(name!, [...(places.get(name!) ?? []), path])
    }
  }
  return [...places].filter(([, paths]) => paths.length > 1).map(([name, paths]) => `${name}: ${paths.join(', ')}`)
}

/** Classes that are no error, by name. */
export function classes(list: readonly Source[]): string[] {
  const declared = /^(?:export )?(?:abstract )?class (\w+)(?: extends (\w+))?/gm
  return list.flatMap(({ text }) =>
    [...text.matchAll(declared)].filter(([, , parent]) => !parent?.endsWith('Error')).map(([, name]) => name!)
  )
}

/** Imports of one package by the sources of another one that may not, types included. */
export function strangers(list: readonly Source[], allowed: readonly string[], own: readonly string[]): string[] {
  return list.flatMap(({ path, imports }) =>
    imports
      .map(({ specifier }) => own.find((name) => specifier === name || specifier.startsWith(`${name}/`)))
      .filter((name) => name !== undefined && !allowed.includes(name))
      .map((name) => `${path}: ${name}`)
  )
}
