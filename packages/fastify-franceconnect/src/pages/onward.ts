import type { FastifyReply } from 'fastify'
import { sendPage } from './page.ts'

export interface Onward {
  title: string
  /** Of the link, for whoever has turned refreshes off. */
  label: string
}

/**
 * Sends a window on to another URL after a form, by a page that goes on by itself without script. Browsers hold a
 * redirect that answers a form to the `form-action` of the page that it was on (CSP3 §6.4.2), and helmet's default is
 * `'self'`: FranceConnect would never be reached.
 */
export function sendOnward(reply: FastifyReply, url: string, { title, label }: Onward): FastifyReply {
  return sendPage(reply, 200, {
    title,
    text: 'Si cette page ne change pas d’elle-même, suivez le lien.',
    actions: [{ label, url }],
    onward: url
  })
}
