import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPage, sendStream } from './page.ts'
import { kindOf } from './requests/kind.ts'
import { isTurboForm } from './requests/turbo.ts'

export interface Onward {
  title: string
  /** Of the link, for whoever has turned refreshes off. */
  label: string
}

/**
 * Sends a window on to another URL after a form, by a page that goes on by itself without script. Browsers hold a
 * redirect that answers a form to the `form-action` of the page that it was on (CSP3 §6.4.2), and helmet's default is
 * `'self'`: FranceConnect would never be reached. In a frame, which FranceConnect refuses to be shown in, a link opens
 * the window; Turbo is told to put the same in the page that it shows.
 */
export function sendOnward(
  request: FastifyRequest,
  reply: FastifyReply,
  url: string,
  { title, label }: Onward
): FastifyReply {
  if (kindOf(request) === 'frame') {
    const text = 'La suite ne s’affiche pas à l’intérieur d’une autre page. Le lien ouvre toute la fenêtre.'
    return sendPage(reply, 200, { title, text, framed: true, actions: [{ label, url, top: true }] })
  }
  const text = 'Si cette page ne change pas d’elle-même, suivez le lien.'
  const page = { title, text, actions: [{ label, url }], onward: url }
  return isTurboForm(request) ? sendStream(reply, page) : sendPage(reply, 200, page)
}
