import type { FastifyReply } from 'fastify'
import { type Action, sendPage } from './page.ts'
import type { Asked } from './requests/asked.ts'
import { kindOf } from './requests/kind.ts'
import { isTurboVisit } from './requests/turbo.ts'

const label = 'Se connecter avec FranceConnect'

export interface LoginRequired {
  loginUrl: string
  /** Code of the error. */
  code: string
  request: Asked
}

/**
 * Says to log in where a redirect to FranceConnect could not be followed: inside another page, which FranceConnect
 * refuses to be shown in, by a script that shows what it is answered, or after a form, whose content would be lost.
 */
export function sendLoginRequired(reply: FastifyReply, { loginUrl, code, request }: LoginRequired): FastifyReply {
  const framed = kindOf(request) === 'frame'
  const onward = isTurboVisit(request) ? { onward: loginUrl } : {}
  const page = (title: string, text: string, action: Partial<Action>) =>
    sendPage(reply, 401, {
      title,
      text,
      framed,
      actions: [{ label, url: loginUrl, ...action }],
      reference: code,
      ...onward
    })
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return page(
      'Connectez-vous pour envoyer ce formulaire',
      'Votre connexion a pris fin et rien n’a été envoyé. Connectez-vous dans un nouvel onglet, revenez à celui-ci, retournez à la page précédente et envoyez de nouveau le formulaire.',
      { newTab: true }
    )
  }
  return page(
    'Connectez-vous pour continuer',
    framed
      ? 'FranceConnect ne s’affiche pas à l’intérieur d’une autre page. Le lien ouvre toute la fenêtre.'
      : 'Cette page demande une connexion avec FranceConnect.',
    { top: true }
  )
}
