import { randomBytes } from 'node:crypto'
import { buildService } from './before.ts'
import { ouvrirMediatheque } from './mediatheque.ts'

const port = Number(process.env.PORT ?? 3000)
const mediatheque = ouvrirMediatheque()
const { carte } = mediatheque.inscrire({ nom: 'Camille Martin', motdepasse: 'roman' })
buildService({ mediatheque, secret: randomBytes(32).toString('hex') }).listen(port, 'localhost', () => {
  console.log(`Ouvrez http://localhost:${port} : carte ${carte}, mot de passe « roman ».`)
})
