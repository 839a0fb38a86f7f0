import httpProxy from '@fastify/http-proxy'
import Fastify from 'fastify'

/** One address before several instances, each request to the next one: no instance may count on seeing somebody twice. */
export async function buildProxy(upstreams: readonly string[]) {
  let turn = 0
  const app = Fastify()
  await app.register(httpProxy, {
    upstream: '',
    replyOptions: { getUpstream: () => upstreams[turn++ % upstreams.length] ?? '' }
  })
  return app
}
