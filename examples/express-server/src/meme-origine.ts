import type { NextFunction, Request, Response } from 'express'

/** Only this site's own pages may send its forms: browsers say where a request comes from in `Sec-Fetch-Site`. */
export function memeOrigine(request: Request, response: Response, next: NextFunction): void {
  const site = request.headers['sec-fetch-site'] ?? 'same-origin'
  if (request.method === 'GET' || request.method === 'HEAD' || site === 'same-origin') next()
  else response.status(403).send('Cette demande ne vient pas de ce site. Rien n’a été fait.')
}
