import { fileURLToPath } from 'node:url'

const peer = (name) => fileURLToPath(new URL(`../peers/${name}.mjs`, import.meta.url))
const ours = fileURLToPath(new URL('../server.mjs', import.meta.url))

/** Login servers, in the order of a round. `json`: the provider answers a bare JSON userinfo to it. */
export const servers = [
  {
    name: 'floor',
    label: 'floor: Fastify, undici, node:crypto',
    file: peer('floor'),
    unchecked: 'iat, acr, azp, sizes, rotation of keys; no sealing, no session store'
  },
  {
    name: 'ours',
    label: '**fastify-franceconnect, fastify-fc-data**',
    file: ours,
    unchecked: 'nothing that we know of'
  },
  {
    name: 'openid-client',
    label: 'openid-client 6 by hand, signatures on',
    file: peer('openid-client'),
    unchecked:
      'acr, iat in the future, azp beside one aud, sizes, rotation within 60 s; PKCE, which FranceConnect refuses'
  },
  {
    name: 'openid-client-default',
    label: 'openid-client 6 by hand, its defaults',
    file: peer('openid-client'),
    env: { NONREP: '0' },
    unchecked: 'the same and **both signatures**'
  },
  {
    name: 'fastify-oauth2',
    label: '@fastify/oauth2, the rest by hand with jose',
    file: peer('fastify-oauth2'),
    unchecked: 'the plugin: nonce, ID Token, userinfo (written by hand here); then acr, azp, iat, sizes'
  },
  {
    name: 'express-openid-connect',
    label: 'express-openid-connect',
    file: peer('express-oidc'),
    sessionInCookie: true,
    unchecked: '**both signatures**, acr, sizes; a copied cookie survives the logout'
  },
  {
    name: 'passport',
    label: 'passport-openidconnect',
    file: peer('passport'),
    json: true,
    unchecked: '**every signature**, acr, sizes; cannot read the signed userinfo that FranceConnect sends'
  }
]

/** HTTP clients alone behind a bare route. */
export const clients = ['undici', 'fetch', 'axios', 'got'].map((name) => ({
  name,
  label: name === 'undici' ? 'undici.request' : name === 'fetch' ? 'global fetch' : name,
  file: peer('data-client'),
  env: { CLIENT: name },
  bare: true
}))

const named = (name) => servers.find((stack) => stack.name === name)

/** What is measured as production is. `tuned`: no session is written back that did not change. */
export const inProduction = [
  named('floor'),
  { ...named('ours'), redis: true },
  { ...named('openid-client'), redis: true },
  {
    ...named('openid-client'),
    name: 'openid-client, tuned',
    label: 'openid-client 6 by hand, `rolling: false`',
    env: { ROLLING: 'false' },
    redis: true
  },
  named('express-openid-connect')
]
