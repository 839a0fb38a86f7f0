import type { FastifyReply, FastifyRequest } from 'fastify'
import { isLevel, platformOf } from 'franceconnect-protocol/acr'
import { randomText } from 'franceconnect-protocol/random'
import { failure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import { scopesOf } from '../options/scope.ts'
import type { Urls } from '../options/urls.ts'
import { sendOnward } from '../pages/onward.ts'
import { createHostComparison } from '../pages/requests/host.ts'
import type { Client } from '../protocol/client.ts'
import type { Attempts } from './attempt.ts'
import { publish } from './events.ts'
import type { LoginOptions } from './extension.ts'
import type { Extensions } from './extensions.ts'

export type StartLogin = (request: FastifyRequest, reply: FastifyReply, options?: LoginOptions) => Promise<FastifyReply>

export interface LoginStartParts {
  settings: Settings
  urls: Urls
  attempts: Attempts
  client: Client
  extensions: Extensions
}

const onward = { title: 'Connexion avec FranceConnect', label: 'Continuer vers FranceConnect' }
const prompts = ['login', 'consent', 'login consent', 'consent login']

/**
 * Starts an attempt and sends the browser to FranceConnect with the parameters that it knows, and no other: by a
 * redirect, or by a page that goes on where a form was sent.
 */
export function createLoginStart({ settings, urls, attempts, client, extensions }: LoginStartParts): StartLogin {
  const compareHost = createHostComparison(settings.baseUrl)

  /** What GET would say, without what it would start. */
  function answerHead(reply: FastifyReply, returnTo: string | undefined): FastifyReply {
    reply.header('cache-control', 'no-store')
    return settings.routes.login === false ? reply.code(401).send() : reply.redirect(urls.login(returnTo))
  }

  return async (request, reply, given) => {
    const options = given ?? {}
    if (request.method === 'HEAD') return answerHead(reply, options.returnTo)
    const needs = options.needs ?? []
    const acrValues = options.acrValues ?? settings.acrValues
    if (!isLevel(acrValues) || platformOf(acrValues) !== settings.platform) {
      throw failure('FST_FC_INVALID_OPTIONS', `login() was asked a level that this platform does not give.`)
    }
    if (options.prompt !== undefined && !prompts.includes(options.prompt)) {
      throw failure(
        'FST_FC_INVALID_OPTIONS',
        `login() was given a prompt that FranceConnect refuses; expected one of ${prompts.join(', ')}.`
      )
    }
    const extra = scopesOf(options.scope ?? [])
    if (extra === null) throw failure('FST_FC_INVALID_OPTIONS', 'login() was given a scope that is none.')
    if (!Array.isArray(needs) || !needs.every((need) => typeof need === 'string'))
      throw failure('FST_FC_INVALID_OPTIONS', 'login() was given needs that are not an array of strings.')
    const scope = new Set([...settings.scope, ...extensions.scopes(), ...extra])
    const returnTo = urls.safe(options.returnTo)
    compareHost(request)
    const attempt = {
      id: randomText(6, 'hex'),
      nonce: randomText(32, 'hex'),
      returnTo: returnTo ?? settings.defaultReturnTo,
      acrValues,
      scope: extra,
      needs,
      ...(settings.pkce ? { codeVerifier: randomText(32, 'base64url') } : {})
    }
    const url = await client.authorizationUrl({
      redirect_uri: urls.redirectUri,
      scope: [...scope].join(' '),
      acr_values: acrValues,
      ...(options.prompt === undefined ? {} : { prompt: options.prompt }),
      ...(options.idpHint === undefined ? {} : { idp_hint: options.idpHint }),
      ...(options.claims === undefined ? {} : { claims: JSON.stringify(options.claims) })
    })
    const challenge =
      attempt.codeVerifier === undefined
        ? ''
        : `&code_challenge=${await client.codeChallenge(attempt.codeVerifier)}&code_challenge_method=S256`
    const state = attempts.start(request, reply, attempt)
    request.log.info({ attempt: attempt.id, acrValues }, 'FranceConnect login started')
    publish('franceconnect:login:started', { attempt: attempt.id, acrValues, platform: settings.platform })
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    const destination = `${url}&nonce=${attempt.nonce}&state=${state}${challenge}`
    return request.method === 'GET' ? reply.redirect(destination) : sendOnward(request, reply, destination, onward)
  }
}
