import type { Lignes } from './base.ts'

/** A family, as the API answers it and as `matchOne` compares it. */
export interface Famille {
  familyName: string
  givenNames: string
  birthdate: string
  solde: number
  enfants: { prenom: string; ecole: string }[]
  carte?: string
}

interface LigneFamille {
  id: number
  nom: string
  prenom: string
  ne_le: string
  solde: number
}

/** The families that somebody born that day has opened: the database chooses by date, `matchOne` by person. */
export function famillesNeesLe(lignes: Lignes, date: string | undefined): Famille[] {
  if (date === undefined) return []
  return lignes<LigneFamille>('SELECT * FROM familles WHERE ne_le = ?', [date]).map(
    ({ id, nom, prenom, ne_le, solde }) => {
      const [lecteur] = lignes<{ carte: string }>('SELECT carte FROM lecteurs WHERE famille = ?', [id])
      const enfants = lignes<Famille['enfants'][number]>('SELECT prenom, ecole FROM enfants WHERE famille = ?', [id])
      return {
        familyName: nom,
        givenNames: prenom,
        birthdate: ne_le,
        solde,
        enfants,
        ...(lecteur && { carte: lecteur.carte })
      }
    }
  )
}
