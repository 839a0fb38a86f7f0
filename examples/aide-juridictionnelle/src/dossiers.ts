import { randomBytes } from 'node:crypto'
import type { Estimation } from './bareme.ts'

/** One answer of the application, with where it comes from: what the citizen is shown and the agent relies on. */
export interface Piece {
  readonly libelle: string
  readonly valeur: string
  /** The administration that sent it; absent when the citizen typed it. */
  readonly source?: string
  readonly recueLe?: Date
  /** Given to the provider's support to find the exchange. */
  readonly correlation?: string
}

export interface Dossier {
  /** Unguessable: 80 random bits. */
  readonly reference: string
  readonly deposeLe: Date
  /** FranceConnect's `sub`, `null` for a form filled by hand. */
  readonly proprietaire: string | null
  readonly pieces: readonly Piece[]
  /** What could not be read, in a sentence for each. */
  readonly incidents: readonly string[]
  readonly estimation: Estimation
  /** Income compared with the ceilings, in euros. */
  readonly revenu: number
  readonly personnes: number
}

/** Where applications are kept. In memory here: a service plugs its own database behind these two methods. */
export interface Dossiers {
  deposer(dossier: Omit<Dossier, 'reference'>): Promise<Dossier>
  trouver(reference: string): Promise<Dossier | undefined>
}

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

function nouvelleReference(): string {
  const lettres = [...randomBytes(16)].map((octet) => alphabet[octet % alphabet.length]).join('')
  return `AJ-${lettres.match(/.{4}/g)?.join('-')}`
}

export function dossiersEnMemoire(): Dossiers {
  const dossiers = new Map<string, Dossier>()
  return {
    async deposer(contenu) {
      const dossier = { ...contenu, reference: nouvelleReference() }
      dossiers.set(dossier.reference, dossier)
      return dossier
    },
    async trouver(reference) {
      return dossiers.get(reference)
    }
  }
}
