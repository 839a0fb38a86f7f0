import type { Base } from './base.ts'
import { verifierMotDePasse } from './mot-de-passe.ts'

export interface Compte {
  id: number
  nom: string
  /** `ferme`: the account's life is over. `refuse`: the town does not let this person in. */
  etat: 'ouvert' | 'ferme' | 'refuse'
  agent: 0 | 1
}

export const colonnes = 'usagers.id, nom, etat, agent'

export function compteNumero(base: Base, usager: number | undefined): Compte | undefined {
  return base.ligne<Compte>(`SELECT ${colonnes} FROM usagers WHERE id = ?`, [usager ?? 0])
}

export async function compteDuMotDePasse(
  base: Base,
  courriel: string,
  motdepasse: string
): Promise<Compte | undefined> {
  const compte = base.ligne<Compte & { motdepasse: string }>(
    `SELECT ${colonnes}, motdepasse FROM usagers WHERE courriel = ? AND motdepasse IS NOT NULL`,
    [courriel]
  )
  return (await verifierMotDePasse(motdepasse, compte?.motdepasse)) ? compte : undefined
}

/** The account and whatever refers to it. */
export function supprimerCompte(base: Base, usager: number): void {
  base.ecrire('DELETE FROM usagers WHERE id = ?', [usager])
}
