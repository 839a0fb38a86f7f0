import { demarrer } from './ensemble.ts'

const { PORT = '3000', VILLE_PORT = '3001', SANDBOX_PORT = '4000' } = process.env
const ports = { demarche: Number(PORT), ville: Number(VILLE_PORT), sandbox: Number(SANDBOX_PORT) }

demarrer(ports).then(
  ({ demarche, ville, close }) => {
    console.log(`
  Centre de loisirs     ${demarche}                  la démarche : essayez le citoyen « test »
  Ville de Sainte-Démo  ${ville}/documentation    son API FranceConnectée
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
