import type { ServerResponse } from 'node:http'
import { OutgoingMessage } from './node-http.ts'

/** Node's own answer, of HTTP/1 or 2. */
export type Outgoing = Pick<ServerResponse, 'headersSent' | 'setHeader' | 'getHeader' | 'appendHeader' | 'writeHead'>

/** What an answer must say when it leaves, whoever sends it. */
export type Said = (raw: Outgoing) => void

const asked: unique symbol = Symbol('franceconnect.before-head')
const under: unique symbol = Symbol('franceconnect.write-head')
type WriteHead = (...args: unknown[]) => Outgoing
type Asked = Outgoing & { [asked]?: Said[]; [under]?: WriteHead }

/**
 * An answer that shows who asked is kept by no cache: said at once, and with `lastWord` again over what somebody else may
 * set later.
 */
export function neverStored(raw: Outgoing, lastWord: boolean): void {
  sayNeverStored(raw)
  if (lastWord && !hasLeft(raw)) beforeHead(raw, sayNeverStored)
}

/** An answer depends on the cookies of the request. Sets `Vary` at once. */
export function variesByCookie(raw: Outgoing): void {
  if (!hasLeft(raw)) raw.setHeader('vary', withCookie(raw.getHeader('vary')))
}

/**
 * The same as {@link neverStored} or {@link variesByCookie}, said when the headers leave: a framework that sets headers of
 * its own says it itself, and then calls {@link framed}. An answer of HTTP/2 has no such moment: it is said at once.
 */
export function saysPast(raw: Outgoing, isShown: boolean): void {
  const said = isShown ? sayNeverStored : variesByCookie
  if (raw instanceof OutgoingMessage) beforeHead(raw, said)
  else said(raw)
}

/** The framework has said it: nothing is left to say past it. */
export function framed(raw: Asked): void {
  const all = raw[asked]
  if (all !== undefined) raw[asked] = all.filter((said) => said !== sayNeverStored && said !== variesByCookie)
}

/** `Vary` with `Cookie` among its names. */
export function withCookie(before: unknown): string {
  if (before === undefined) return 'Cookie'
  const names = String(before)
  if (/(^|,)\s*(cookie|\*)\s*(,|$)/i.test(names)) return names
  return names === '' ? 'Cookie' : `${names}, Cookie`
}

/** Runs `said` when the headers of an answer leave, by whatever way; it may still set some. */
export function beforeHead(raw: Asked, said: Said): void {
  const before = raw[asked]
  if (before !== undefined) {
    if (!before.includes(said)) before.push(said)
    return
  }
  raw[asked] = [said]
  raw[under] = raw.writeHead as WriteHead
  raw.writeHead = sayThenWrite as unknown as Outgoing['writeHead']
}

/** One function for all answers: one of its own for each would cost more than the rest of it. */
function sayThenWrite(this: Asked, ...args: unknown[]): Outgoing {
  const all = this[asked]!
  if (all.length > 0 && !hasLeft(this)) {
    const headers = args.at(-1)
    if (typeof headers === 'object' && headers !== null) {
      args.pop()
      setAll(this, headers)
    }
    for (const one of all) one(this)
  }
  return this[under]!.apply(this, args)
}

function sayNeverStored(raw: Outgoing): void {
  if (hasLeft(raw)) return
  raw.setHeader('cache-control', 'no-store')
  variesByCookie(raw)
}

/** Headers given to `writeHead`, by name or as a flat list in which a name may come several times. */
function setAll(raw: Outgoing, headers: object): void {
  if (!Array.isArray(headers)) {
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) raw.setHeader(name, value)
    return
  }
  const byName = new Map<string, string[]>()
  const list: unknown[] = headers.flat()
  for (let i = 0; i + 1 < list.length; i += 2) {
    const name = String(list[i]).toLowerCase()
    byName.set(name, [...(byName.get(name) ?? []), String(list[i + 1])])
  }
  for (const [name, values] of byName) raw.setHeader(name, values.length === 1 ? values[0]! : values)
}

/** @fastify/express puts a `headersSent` of its own over Node's, which a redirect, a pipe or `end()` does not turn. */
function hasLeft(raw: Outgoing): boolean {
  return raw instanceof OutgoingMessage ? sentOf.call(raw) : raw.headersSent
}

const sentOf = Object.getOwnPropertyDescriptor(OutgoingMessage.prototype, 'headersSent')!.get as (
  this: InstanceType<typeof OutgoingMessage>
) => boolean
