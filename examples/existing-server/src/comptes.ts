import type { Login } from 'fastify-franceconnect'
import type { Base } from './base.ts'

/**
 * The account of whoever logged in: the one that their `sub` is tied to, else the one that they asked to tie it to
 * while logged in with their password, else a new one. Never the account of the same e-mail: couples share theirs,
 * and whoever holds a mailbox would hold the account.
 */
export function compteDe(
  base: Base,
  { sub, userInfo }: Pick<Login, 'sub' | 'userInfo'>,
  aAssocier: number | undefined
): number {
  base.ecrire('CREATE TABLE IF NOT EXISTS franceconnect (sub TEXT PRIMARY KEY, usager INTEGER NOT NULL)')
  const connu = base.ligne<{ usager: number }>('SELECT usager FROM franceconnect WHERE sub = ?', [sub])
  if (connu !== undefined) return connu.usager
  const nom = [userInfo.given_name, userInfo.preferred_username ?? userInfo.family_name].filter(Boolean).join(' ')
  const usager = aAssocier ?? base.ecrire('INSERT INTO usagers (nom) VALUES (?)', [nom])
  base.ecrire('INSERT INTO franceconnect (sub, usager) VALUES (?, ?)', [sub, usager])
  return usager
}
