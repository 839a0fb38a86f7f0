import { type Sandbox, startSandbox } from 'franceconnect-sandbox'
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
  console.log(annonce(sandbox))
  const stop = async () => {
    await Promise.all([app.close(), sandbox.close()])
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

/** Citizens of the sandbox worth trying first. */
const aEssayer = ['test', 'plusieurs_prénoms_3', 'avec_nom_dusage', 'naissance_Algérie', 'sans_dossier']

function annonce({ issuer, citizens }: Sandbox): string {
  const lignes = citizens
    .filter(({ id }) => aEssayer.includes(id))
    .map(({ id, title }) => `    ${id.padEnd(20)}  ${title}`)
  return `
  Aide juridictionnelle, démonstration

  Ouvrez ${baseUrl} et cliquez sur « S’identifier avec FranceConnect ».
  FranceConnect et les administrations sont simulés sur cette machine (${issuer}).
  Citoyens à essayer :
${lignes.join('\n')}
  Ctrl-C arrête tout.

  In English: open ${baseUrl}, press the FranceConnect button, choose any identity provider, then one of
  the citizens above. FranceConnect and the administrations are simulated on this machine. Ctrl-C stops both.
`
}

start().catch((error: NodeJS.ErrnoException) => {
  const sandboxTaken = error.code === 'FST_FC_SANDBOX_PORT_TAKEN'
  if (!sandboxTaken && error.code !== 'EADDRINUSE') throw error
  const [taken, variable] = sandboxTaken ? [sandboxPort, 'SANDBOX_PORT'] : [port, 'PORT']
  console.error(`
  Le port ${taken} est déjà pris : fermez l’autre programme, ou changez de port : ${variable}=${taken + 10} npm start
  Port ${taken} is already taken: stop the other program, or change: ${variable}=${taken + 10} npm start
`)
  process.exit(1)
})
