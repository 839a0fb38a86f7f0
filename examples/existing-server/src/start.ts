import { startSandbox } from 'franceconnect-sandbox'
import { buildApp } from './after.ts'
import { ouvrirBase } from './base.ts'
import { hacher } from './mot-de-passe.ts'

const port = Number(process.env.PORT ?? 3000)
const baseUrl = `http://localhost:${port}`

const base = await ouvrirBase(process.env.BASE)
for (const [nom, courriel, motdepasse, agent] of [
  ['Camille Martin', 'camille@exemple.fr', 'cantine', 0],
  ['Dominique Petit', 'agent@exemple.fr', 'mairie', 1]
] as const) {
  if (base.ligne('SELECT id FROM usagers WHERE courriel = ?', [courriel]) !== undefined) continue
  const valeurs = [nom, courriel, await hacher(motdepasse), agent]
  base.ecrire('INSERT INTO usagers (nom, courriel, motdepasse, agent) VALUES (?, ?, ?, ?)', valeurs)
}
const sandbox = await startSandbox({ port: Number(process.env.SANDBOX_PORT ?? 4000), baseUrl })
const franceConnect = { ...sandbox.franceConnectOptions, baseUrl }
const app = await buildApp({ base, secret: sandbox.franceConnectOptions.secret, franceConnect })
await app.listen({ port, host: 'localhost' })
console.log(
  `Ouvrez ${baseUrl} : un compte existe (camille@exemple.fr, mot de passe « cantine »), ou connectez-vous avec FranceConnect. Une agente tient les comptes sur /agents (agent@exemple.fr, « mairie »).`
)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => Promise.all([app.close(), sandbox.close()]))
