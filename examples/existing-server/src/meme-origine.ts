import type { FastifyReply, FastifyRequest } from 'fastify'
import { pageMessage } from './pages.ts'

/**
 * A hook: only this site's own pages may send its forms. Browsers say where a request comes from in `Sec-Fetch-Site`,
 * those of before 2023 in `Origin`; clients that are no browsers say neither, and carry nobody's cookies.
 *
 * Chosen over the tokens of @fastify/csrf-protection: the form of the password is sent before there is a session to keep
 * a token in, and a page left open over a login would send a token of the session before.
 */
export async function memeOrigine(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return
  const { 'sec-fetch-site': site, origin } = request.headers
  const own =
    site === undefined
      ? origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.host)
      : site === 'same-origin' || site === 'none'
  if (own) return
  return reply
    .code(403)
    .type('text/html; charset=utf-8')
    .send(
      pageMessage(
        'Cette demande ne vient pas de ce site',
        'Un autre site a essayé de l’envoyer à votre place. Rien n’a été fait.'
      )
    )
}
