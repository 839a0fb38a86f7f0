import { startSandbox } from 'franceconnect-sandbox'

/** The sandbox in a process of its own: prints the options for the plugins, and logs the first citizen in by itself. */
const sandbox = await startSandbox({ port: 0 })
sandbox.automaticCitizen(process.argv[2] ?? sandbox.citizens[0]!.id)
const { franceConnectOptions, fcDataOptions } = sandbox
console.log(JSON.stringify({ franceConnectOptions, fcDataOptions }))
process.on('disconnect', () => process.exit())
