import type { Login } from 'fastify-franceconnect'
import type { Base } from './base.ts'
import { type Compte, colonnes, compteNumero } from './comptes.ts'
import { verifierMotDePasse } from './mot-de-passe.ts'

type Identite = Pick<Login, 'id' | 'sub' | 'userInfo' | 'expiresAt'>

export type ComptesFranceConnect = ReturnType<typeof comptesFranceConnect>

/**
 * Accounts by FranceConnect's `sub`, and by nothing else. Never the account of the same e-mail: couples share theirs,
 * and whoever holds a mailbox would hold the account.
 */
export function comptesFranceConnect(base: Base) {
  base.ecrire(
    'CREATE TABLE IF NOT EXISTS franceconnect (sub TEXT PRIMARY KEY, usager INTEGER NOT NULL UNIQUE REFERENCES usagers ON DELETE CASCADE)'
  )
  base.ecrire(
    'CREATE TABLE IF NOT EXISTS connexions (id TEXT PRIMARY KEY, fin INTEGER NOT NULL, usager INTEGER NOT NULL REFERENCES usagers ON DELETE CASCADE)'
  )

  const trouver = (sub: string): Compte | undefined =>
    base.ligne<Compte>(`SELECT ${colonnes} FROM usagers JOIN franceconnect ON usager = usagers.id WHERE sub = ?`, [sub])

  /** Remembers a login of an account, to end it should the account be deleted meanwhile. */
  function noter({ id, expiresAt }: Identite, usager: number): number {
    base.ecrire('DELETE FROM connexions WHERE fin < ?', [Date.now()])
    base.ecrire('INSERT OR REPLACE INTO connexions (id, fin, usager) VALUES (?, ?, ?)', [
      id,
      expiresAt.getTime(),
      usager
    ])
    return usager
  }

  function lier({ sub }: Identite, usager: number): number {
    base.ecrire('INSERT INTO franceconnect (sub, usager) VALUES (?, ?)', [sub, usager])
    return usager
  }

  /** The account of a password that could still be tied to an identity; `undefined` when it is tied to one, or gone. */
  function associable(usager: number | undefined): Compte | undefined {
    const libre = base.ligne(
      "SELECT id FROM usagers WHERE id = ? AND motdepasse IS NOT NULL AND etat = 'ouvert' AND id NOT IN (SELECT usager FROM franceconnect)",
      [usager ?? 0]
    )
    return libre === undefined ? undefined : compteNumero(base, usager)
  }

  return {
    trouver,
    associable,
    /** Opens the account of whoever logged in, made at their first visit; gives its number. */
    ouvrir(login: Identite): number {
      const usager =
        trouver(login.sub)?.id ?? lier(login, base.ecrire('INSERT INTO usagers (nom) VALUES (?)', [nomDe(login)]))
      return noter(login, usager)
    },
    /** Ties the identity to an account, once its owner has proved the password too. `false` when the password is wrong. */
    async associer(login: Identite, usager: number, motdepasse: string): Promise<boolean> {
      const hache = base.ligne<{ motdepasse: string }>('SELECT motdepasse FROM usagers WHERE id = ?', [usager])
      if (!(await verifierMotDePasse(motdepasse, hache?.motdepasse))) return false
      if (trouver(login.sub) !== undefined || associable(usager) === undefined) return false
      noter(login, lier(login, usager))
      return true
    },
    /** The logins under way of an account. */
    connexions: (usager: number): string[] =>
      base.lignes<{ id: string }>('SELECT id FROM connexions WHERE usager = ?', [usager]).map(({ id }) => id)
  }
}

export function nomDe({ userInfo }: Pick<Login, 'userInfo'>): string {
  return [userInfo.given_name, userInfo.preferred_username ?? userInfo.family_name].filter(Boolean).join(' ')
}
