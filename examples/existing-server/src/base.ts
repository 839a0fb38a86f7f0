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

// a number is never given twice: what was kept of a deleted account must not open the next one
const tables = [
  `CREATE TABLE IF NOT EXISTS usagers (id INTEGER PRIMARY KEY AUTOINCREMENT, nom TEXT NOT NULL, courriel TEXT UNIQUE,
   motdepasse TEXT, etat TEXT NOT NULL DEFAULT 'ouvert', agent INTEGER NOT NULL DEFAULT 0)`,
  `CREATE TABLE IF NOT EXISTS inscriptions (id INTEGER PRIMARY KEY, usager INTEGER NOT NULL REFERENCES usagers
   ON DELETE CASCADE, enfant TEXT NOT NULL)`
]

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
    base.run('PRAGMA foreign_keys = ON') // export() unsets it
    base.run(sql, [...valeurs])
    const id = lignes<{ id: number }>('SELECT last_insert_rowid() AS id')[0]?.id ?? 0
    if (fichier !== undefined) writeFileSync(fichier, base.export())
    return id
  }
  for (const table of tables) ecrire(table)
  return { ligne: (sql, valeurs) => lignes<never>(sql, valeurs)[0], lignes, ecrire }
}
