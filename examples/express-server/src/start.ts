import { startSandbox } from 'franceconnect-sandbox'
import { ouvrirMediatheque } from './mediatheque.ts'
import { buildServer } from './server.ts'

const port = Number(process.env.PORT ?? 3000)
const baseUrl = `http://localhost:${port}`
const mediatheque = ouvrirMediatheque()
const { carte } = mediatheque.inscrire({ nom: 'Camille Martin', motdepasse: 'roman' })
const sandbox = await startSandbox({ port: Number(process.env.SANDBOX_PORT ?? 4000), baseUrl })
const server = await buildServer({
  mediatheque,
  secret: sandbox.franceConnectOptions.secret,
  franceConnect: { ...sandbox.franceConnectOptions, baseUrl },
  fcData: { ...sandbox.fcDataOptions, apis: ['dss/quotient-familial'] }
})
await server.listen({ port, host: 'localhost' })
console.log(`Ouvrez ${baseUrl} : carte ${carte}, mot de passe « roman », ou FranceConnect.`)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => Promise.all([server.close(), sandbox.close()]))
