import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Fault } from '../levers/faults.ts'
import { type Answer, type Call, send } from './exchange.ts'
import type { DataProvider } from './provider.ts'

const page = '<!doctype html><html lang="fr"><title>Service indisponible</title><h1>Service indisponible</h1></html>'

/** Waits, unless the caller leaves first. */
function wait(response: ServerResponse, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    response.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Turns a good answer into one of those that a client must not believe. */
function spoil(answer: Answer, kind: Fault['kind'] | undefined): Answer {
  if (kind === 'broken-json') return { ...answer, status: 200, body: answer.body.slice(0, answer.body.length / 2) }
  if (kind === 'html') return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page }
  if (kind === 'empty') return { ...answer, status: 200, body: '' }
  if (kind === 'redirect') return { status: 302, headers: { location: 'https://elsewhere.invalid/' }, body: '' }
  return answer
}

/**
 * Answers a call under a fault, or as it should without one.
 * @returns the status sent, 0 when the connection was cut or left hanging.
 */
export async function reply(
  provider: DataProvider,
  call: Call,
  fault: Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse
): Promise<number> {
  switch (fault?.kind) {
    case 'down':
      request.socket.destroy()
      return 0
    case 'hang':
      return 0
    case 'rate-limit':
    case 'error':
    case 'maintenance':
    case 'gateway-timeout': {
      const answer = provider.failure(fault, call)
      send(response, answer)
      return answer.status
    }
    default: {
      const pause = async () => (fault?.kind === 'slow' ? wait(response, fault.delay ?? 2000) : undefined)
      const good = await provider.answer(call, pause)
      const answer =
        fault?.kind === 'partial' ? (provider.partial?.(good, call.path) ?? good) : spoil(good, fault?.kind)
      send(response, answer)
      return answer.status
    }
  }
}
