import { once } from 'node:events'
import { createServer } from 'node:net'
import { startSandbox } from 'franceconnect-sandbox'
import { ouvrirMediatheque } from '../src/mediatheque.ts'
import { buildServer } from '../src/server.ts'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** The library with FranceConnect in front, listening; Camille has a card and a password. */
export async function startService() {
  const port = await freePort()
  const baseUrl = `http://localhost:${port}`
  const sandbox = await startSandbox({ port: 0, baseUrl })
  const mediatheque = ouvrirMediatheque()
  const { carte } = mediatheque.inscrire({ nom: 'Camille', motdepasse: 'roman' })
  const server = await buildServer({
    mediatheque,
    secret: 'x'.repeat(32),
    franceConnect: { ...sandbox.franceConnectOptions, baseUrl },
    fcData: { ...sandbox.fcDataOptions, apis: ['dss/quotient-familial'] }
  })
  await server.listen({ port, host: 'localhost' })
  return {
    baseUrl,
    carte,
    mediatheque,
    sandbox,
    close: () => Promise.all([server.close(), sandbox.close()])
  }
}
