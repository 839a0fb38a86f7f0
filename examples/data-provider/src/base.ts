import initSqlJs, { type SqlValue } from 'sql.js'

/** Rows of the town's own SQLite database. */
export type Lignes = <Ligne>(sql: string, valeurs?: readonly SqlValue[]) => Ligne[]

const schema = `
  CREATE TABLE familles (id INTEGER PRIMARY KEY, nom TEXT, nom_usage TEXT, prenom TEXT, ne_le TEXT, solde REAL);
  CREATE TABLE enfants (famille INTEGER, prenom TEXT, ecole TEXT);
  CREATE TABLE lecteurs (famille INTEGER, carte TEXT, emprunts INTEGER);`

/** Written as a town writes them: accents or none, usual names, somebody registered twice. */
const contenu = `
  INSERT INTO familles VALUES
    (1, 'Dubois', NULL, 'Angéla', '1962-08-24', 42.5),
    (2, 'Durand', NULL, 'Jean-Philippe', '1980-02-11', 0),
    (3, 'Mercier', 'Dubois', 'Pierre', '1969-03-17', 12),
    (4, 'MERCIER', NULL, 'Pierre', '1969-03-17', 8);
  INSERT INTO enfants VALUES (1, 'Léa', 'École Jules-Ferry'), (1, 'Tom', 'École Jules-Ferry');
  INSERT INTO lecteurs VALUES (1, 'B-2041', 3);`

/** The database of the canteen and of the library. SQLite in WebAssembly: nothing to compile on Node 20. */
export async function ouvrirBase(): Promise<Lignes> {
  const base = new (await initSqlJs()).Database()
  base.run(schema)
  base.run(contenu)
  return <Ligne>(sql: string, valeurs: readonly SqlValue[] = []) => {
    const requete = base.prepare(sql, [...valeurs])
    const trouvees: Ligne[] = []
    while (requete.step()) trouvees.push(requete.getAsObject() as Ligne)
    requete.free()
    return trouvees
  }
}
