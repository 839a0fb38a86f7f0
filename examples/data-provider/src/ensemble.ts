import { generateKeyPairSync } from 'node:crypto'
import { type Sandbox, startSandbox } from 'franceconnect-sandbox'
import { ouvrirBase } from './base.ts'
import { ouvrirDemarche } from './demarche.ts'
import { ouvrirVille, scopes } from './ville.ts'

export interface Ports {
  demarche: number
  ville: number
  sandbox: number
}

export interface Ensemble {
  demarche: string
  ville: string
  sandbox: Sandbox
  /** The service's server, for tests without a browser. */
  app: Awaited<ReturnType<typeof ouvrirDemarche>>
  /** What the commands of fastify-fc-provider read to examine the town from outside. */
  environnement: Record<string, string>
  close(): Promise<unknown>
}

const clientId = 'ville-de-sainte-demo'
const clientSecret = 'secret-de-la-ville-donne-par-franceconnect'

/** Both halves on one machine: FranceConnect simulated, the town that holds data, the service that reads it. */
export async function demarrer(ports: Ports, demandes: readonly string[] = Object.keys(scopes)): Promise<Ensemble> {
  const [demarche, ville] = [`http://localhost:${ports.demarche}`, `http://localhost:${ports.ville}`]
  const sandbox = await startSandbox({
    port: ports.sandbox,
    baseUrl: demarche,
    dataProviders: [
      {
        title: 'Ville de Sainte-Démo',
        clientId,
        clientSecret,
        scopes,
        jwksUri: `${ville}/franceconnect/data-provider/jwks`
      }
    ]
  })
  const cle = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const { issuer } = sandbox
  const logger = { level: 'warn' }
  const town = await ouvrirVille({
    lignes: await ouvrirBase(),
    franceConnect: { issuer, clientId, clientSecret, decryptionKeys: [cle] },
    logger
  })
  const app = await ouvrirDemarche({
    franceConnect: { ...sandbox.franceConnectOptions, baseUrl: demarche },
    ville,
    scopes: demandes,
    logger
  })
  await town.listen({ port: ports.ville, host: 'localhost' })
  await app.listen({ port: ports.demarche, host: 'localhost' })
  const environnement = {
    FC_ISSUER: issuer,
    FC_CLIENT_ID: clientId,
    FC_CLIENT_SECRET: clientSecret,
    FC_KEY: JSON.stringify(cle),
    FC_SCOPES: JSON.stringify(scopes),
    FC_BASE_URL: ville,
    FC_TITLE: 'Ville de Sainte-Démo'
  }
  const close = () => Promise.all([app.close(), town.close(), sandbox.close()])
  return { demarche, ville, sandbox, app, environnement, close }
}
