import { startSandbox } from 'franceconnect-sandbox'
import { buildApp } from './app.ts'

const port = Number(process.env.PORT ?? 3000)
const sandboxPort = Number(process.env.SANDBOX_PORT ?? 4000)
const baseUrl = `http://localhost:${port}`

/** The démarche and, beside it, FranceConnect and the data providers simulated on this machine. */
async function start(): Promise<void> {
  const sandbox = await startSandbox({ port: sandboxPort, baseUrl })
  const app = await buildApp({
    franceConnect: { ...sandbox.franceConnectOptions, baseUrl },
    providers: sandbox.fcDataOptions.providers,
    logger: { level: 'warn' }
  })
  await app.listen({ port, host: 'localhost' })
  console.log(annonce(sandbox.issuer))
  const stop = async () => {
    await Promise.all([app.close(), sandbox.close()])
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

const annonce = (issuer: string) => `
  Aide juridictionnelle, démonstration
  
  Ouvrez            ${baseUrl}
  FranceConnect     ${issuer}  (bac à sable : rien ne quitte cette machine)
  Ctrl-C            pour tout arrêter

  Legal aid, a demonstration: open ${baseUrl}
  The sandbox plays FranceConnect and the data providers; nothing leaves this machine. Ctrl-C stops both.
`

start().catch((error: NodeJS.ErrnoException & { port?: number }) => {
  if (error.code !== 'EADDRINUSE') throw error
  const variable = error.port === sandboxPort ? 'SANDBOX_PORT' : 'PORT'
  console.error(`
  Le port ${error.port} est déjà pris : fermez l’autre programme, ou choisissez un port : ${variable}=${(error.port ?? 0) + 10} npm start
  Port ${error.port} is already taken: stop the other program, or choose one: ${variable}=${(error.port ?? 0) + 10} npm start
`)
  process.exit(1)
})
