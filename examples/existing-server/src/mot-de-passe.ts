import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const deriver = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

/** N, r and p of OWASP's Password Storage Cheat Sheet: 32 MiB for each try. */
const cout: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 }

export async function hacher(motdepasse: string): Promise<string> {
  const sel = randomBytes(16)
  return `${sel.toString('base64')}:${(await deriver(motdepasse, sel, 32, cout)).toString('base64')}`
}

const leurre = await hacher(randomBytes(16).toString('base64'))

/** Without a hash the same work is done for nothing: the time of the answer does not tell whether there is an account. */
export async function verifierMotDePasse(motdepasse: string, hache: string | undefined): Promise<boolean> {
  const [sel = '', attendu = ''] = (hache ?? leurre).split(':')
  const calcule = await deriver(motdepasse, Buffer.from(sel, 'base64'), 32, cout)
  return timingSafeEqual(calcule, Buffer.from(attendu, 'base64')) && hache !== undefined
}
