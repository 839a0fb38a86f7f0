import { randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(4096)
let used = pool.length

/** Random bytes as text, out of a pool: the system is asked once for many. None is given twice, none is kept. */
export function randomText(bytes: number, encoding: 'hex' | 'base64url'): string {
  return take(bytes, (from, to) => pool.toString(encoding, from, to))
}

/** The same, as bytes. */
export function randomPart(bytes: number): Buffer {
  return take(bytes, (from, to) => Buffer.from(pool.subarray(from, to)))
}

function take<T>(bytes: number, read: (from: number, to: number) => T): T {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const taken = read(used, used + bytes)
  pool.fill(0, used, used + bytes)
  used += bytes
  return taken
}
