const day = /^\d{4}-\d{2}-\d{2}$/

const written = (date: Date) => date.toISOString().slice(0, 10)

function exists(text: string): boolean {
  return day.test(text) && !Number.isNaN(Date.parse(text)) && written(new Date(text)) === text
}

/**
 * Period asked by `dateDebut` and `dateFin`: today and one year on when left out. It cannot start before today, and
 * rights are known one year ahead at most.
 * @returns undefined when the period cannot be answered.
 */
export function periodOf(query: URLSearchParams, today: Date): { from: string; to: string } | undefined {
  const from = query.get('dateDebut') ?? written(today)
  if (!exists(from) || from < written(today)) return undefined
  const later = new Date(from)
  later.setUTCFullYear(later.getUTCFullYear() + 1)
  const furthest = written(later)
  const to = query.get('dateFin') ?? furthest
  return exists(to) && to >= from && to <= furthest ? { from, to } : undefined
}
