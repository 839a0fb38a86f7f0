import { startSandbox } from 'franceconnect-sandbox'
import t from 'tap'
import { buildApp } from '../src/app.ts'
import { type Dossier, dossiersEnMemoire } from '../src/dossiers.ts'

const baseUrl = 'http://localhost:3000'

/** One for all the tests of this process. */
export const sandbox = await startSandbox({ port: 0, baseUrl })
t.teardown(() => sandbox.close())
t.afterEach(() => sandbox.faults.clear())

/** A server of its own, that remembers no failure of the test before, and what was sent to it. */
export async function service() {
  const deposes: Dossier[] = []
  const memoire = dossiersEnMemoire()
  const app = await buildApp({
    franceConnect: { ...sandbox.franceConnectOptions, baseUrl },
    providers: sandbox.fcDataOptions.providers,
    dossiers: {
      ...memoire,
      deposer: async (contenu) => {
        const dossier = await memoire.deposer(contenu)
        deposes.push(dossier)
        return dossier
      }
    }
  })
  return { app, deposes }
}
