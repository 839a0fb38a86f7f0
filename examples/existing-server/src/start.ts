import { startSandbox } from 'franceconnect-sandbox'
import { buildApp } from './after.ts'
import { hacher, ouvrirBase } from './base.ts'

const port = Number(process.env.PORT ?? 3000)
const baseUrl = `http://localhost:${port}`

const base = await ouvrirBase(process.env.BASE)
if (base.ligne('SELECT id FROM usagers WHERE courriel = ?', ['camille@exemple.fr']) === undefined) {
  base.ecrire('INSERT INTO usagers (nom, courriel, motdepasse) VALUES (?, ?, ?)', [
    'Camille Martin',
    'camille@exemple.fr',
    hacher('cantine')
  ])
}
const sandbox = await startSandbox({ port: Number(process.env.SANDBOX_PORT ?? 4000), baseUrl })
const franceConnect = { ...sandbox.franceConnectOptions, baseUrl }
const app = await buildApp({ base, secret: sandbox.franceConnectOptions.secret, franceConnect })
await app.listen({ port, host: 'localhost' })
console.log(
  `Ouvrez ${baseUrl} : un compte existe (camille@exemple.fr, mot de passe « cantine »), ou connectez-vous avec FranceConnect.`
)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => Promise.all([app.close(), sandbox.close()]))
