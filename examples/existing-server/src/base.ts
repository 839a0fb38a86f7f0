import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import initSqlJs, { type SqlValue } from 'sql.js'

/** The service's own SQLite database. */
export interface Base {
  /** The first row, or `undefined`. */
  ligne<Ligne>(sql: string, valeurs?: readonly SqlValue[]): Ligne | undefined
  lignes<Ligne>(sql: string, valeurs?: readonly SqlValue[]): Ligne[]
  /** Runs a statement and writes the database. Returns the id of the row inserted. */
  ecrire(sql: string, valeurs?: readonly SqlValue[]): number
}

/** Opens the file, or a database in memory without one. SQLite in WebAssembly: nothing to compile on Node 20. */
export async function ouvrirBase(fichier?: string): Promise<Base> {
  const SQL = await initSqlJs()
  const base = new SQL.Database(fichier !== undefined && existsSync(fichier) ? readFileSync(fichier) : null)
  const lignes = <Ligne>(sql: string, valeurs: readonly SqlValue[] = []): Ligne[] => {
    const requete = base.prepare(sql, [...valeurs])
    const trouvees: Ligne[] = []
    while (requete.step()) trouvees.push(requete.getAsObject() as Ligne)
    requete.free()
    return trouvees
  }
  const ecrire = (sql: string, valeurs: readonly SqlValue[] = []) => {
    base.run(sql, [...valeurs])
    const id = lignes<{ id: number }>('SELECT last_insert_rowid() AS id')[0]?.id ?? 0
    if (fichier !== undefined) writeFileSync(fichier, base.export())
    return id
  }
  ecrire(
    'CREATE TABLE IF NOT EXISTS usagers (id INTEGER PRIMARY KEY, nom TEXT NOT NULL, courriel TEXT UNIQUE, motdepasse TEXT)'
  )
  ecrire(
    'CREATE TABLE IF NOT EXISTS inscriptions (id INTEGER PRIMARY KEY, usager INTEGER NOT NULL, enfant TEXT NOT NULL)'
  )
  return { ligne: (sql, valeurs) => lignes<never>(sql, valeurs)[0], lignes, ecrire }
}

export function hacher(motdepasse: string): string {
  const sel = randomBytes(16)
  return `${sel.toString('base64')}:${scryptSync(motdepasse, sel, 32).toString('base64')}`
}

export function verifierMotDePasse(motdepasse: string, hache: string): boolean {
  const [sel = '', attendu = ''] = hache.split(':').map((partie) => Buffer.from(partie, 'base64'))
  return Buffer.isBuffer(sel) && Buffer.isBuffer(attendu) && timingSafeEqual(scryptSync(motdepasse, sel, 32), attendu)
}
