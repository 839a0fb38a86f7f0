import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendJson, sendPage } from '../platform/visit.ts'
import { assetNamed, hasPage } from './assets.ts'
import { contentSecurityPolicy, windowDocument, withoutWindow } from './document.ts'
import { mayLook, mayPull } from './gate.ts'
import { leverText } from './lever-text.ts'
import { type LeverRequest, pull } from './levers.ts'
import type { Window } from './window.ts'

const refusal = 'La fenêtre du bac à sable ne se montre qu’à cette machine : ouvrez-la par http://localhost.\n'

/** Whether a request is for the window: FranceConnect answers whatever else its root is asked. */
export const isOfWindow = (path: string, method = 'GET'): boolean =>
  (path === '/' && (method === 'GET' || method === 'HEAD')) || path.startsWith('/window/')

function headers(response: ServerResponse): void {
  response.setHeader('cache-control', 'no-store')
  response.setHeader('content-security-policy', contentSecurityPolicy)
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('x-content-type-options', 'nosniff')
}

function sendText(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response.statusCode = status
  response.setHeader('content-type', type)
  response.end(text)
}

async function pulled(window: Window, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!mayPull(request)) return sendText(response, 403, 'Les leviers se tirent depuis la fenêtre, en JSON.\n')
  try {
    const asked: unknown = JSON.parse(await leverText(request))
    await pull(window.levers, (typeof asked === 'object' && asked !== null ? asked : {}) as LeverRequest)
    window.changed()
    sendJson(response, 200, {})
  } catch (error) {
    sendJson(response, 400, { message: error instanceof Error ? error.message : 'refused' })
  }
}

async function asset(name: string, response: ServerResponse): Promise<void> {
  const found = await assetNamed(name).catch(() => undefined)
  if (found) sendText(response, 200, found.text, found.type)
  else sendText(response, 404, 'Rien ici.\n')
}

/** Answers one request of the window. */
export async function answerWindow(
  window: Window,
  hostName: string,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox')
  headers(response)
  if (!mayLook(request, hostName)) return sendText(response, 403, refusal)
  if (pathname === '/window/levers') return pulled(window, request, response)
  if (request.method !== 'GET' && request.method !== 'HEAD') return sendText(response, 405, 'GET\n')
  if (pathname === '/') {
    if (await hasPage()) return sendText(response, 200, windowDocument, 'text/html; charset=utf-8')
    return sendPage(response, 200, withoutWindow(window.issuers))
  }
  if (pathname === '/window/events') return window.stream.open(response, window.snapshot())
  const secrets = searchParams.get('secrets') === '1'
  const exchange = /^\/window\/exchanges\/(\d+)$/.exec(pathname)?.[1]
  if (exchange !== undefined) {
    const detail = await window.details.of(Number(exchange), secrets)
    return detail ? sendJson(response, 200, detail) : sendText(response, 404, 'Cet échange n’est plus gardé.\n')
  }
  if (pathname === '/window/secret') {
    const secret = window.details.secretOf(searchParams.get('client') ?? '')
    return secret === undefined ? sendText(response, 404, 'Service inconnu.\n') : sendJson(response, 200, { secret })
  }
  return asset(pathname.slice('/window/'.length), response)
}
