import { writeFileSync } from 'node:fs'
import { demarrer } from './ensemble.ts'

const { PORT = '3000', VILLE_PORT = '3001', SANDBOX_PORT = '4000' } = process.env
const ports = { demarche: Number(PORT), ville: Number(VILLE_PORT), sandbox: Number(SANDBOX_PORT) }

demarrer(ports).then(
  ({ demarche, ville, environnement, close }) => {
    const lignes = Object.entries(environnement).map(([nom, valeur]) => `${nom}='${valeur}'`)
    writeFileSync(new URL('ville.env', import.meta.url), lignes.join('\n'), { mode: 0o600 })
    console.log(`
  Centre de loisirs     ${demarche}                  la démarche : essayez le citoyen « test »
  Ville de Sainte-Démo  ${ville}/documentation    son API FranceConnectée
  Ce que FranceConnect enregistre : pnpm --filter data-provider sheet ; tout convient-il : pnpm --filter data-provider doctor
  Ctrl-C arrête tout.
`)
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, close)
  },
  (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'FST_FC_SANDBOX_PORT_TAKEN') throw error
    console.error('Un port est déjà pris : PORT=3010 VILLE_PORT=3011 SANDBOX_PORT=4010 npm start')
    process.exit(1)
  }
)
