import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'

export interface Lecteur {
  carte: number
  nom: string
}

export interface Pret {
  id: number
  titre: string
  retour: Date
}

interface Fiche extends Lecteur {
  sel: Buffer
  motdepasse: Buffer | null
  sub: string | null
  prets: Pret[]
}

export type Mediatheque = ReturnType<typeof ouvrirMediatheque>

const jour = 24 * 60 * 60 * 1000

/** N, r and p of OWASP's Password Storage Cheat Sheet. */
const hacher = (motdepasse: string, sel: Buffer) =>
  scryptSync(motdepasse, sel, 32, { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 })

/** The library's readers and their loans, in memory: a service keeps them in its database. */
export function ouvrirMediatheque() {
  const fiches: Fiche[] = []
  const sel = randomBytes(16)

  function inscrire({ nom, motdepasse, sub = null }: { nom: string; motdepasse?: string; sub?: string | null }): Fiche {
    const propre = randomBytes(16)
    const prets = [
      { id: 1, titre: 'Les Trois Mousquetaires', retour: new Date(Date.now() + 3 * jour) },
      { id: 2, titre: 'Vingt Mille Lieues sous les mers', retour: new Date(Date.now() + 12 * jour) }
    ]
    const hache = motdepasse === undefined ? null : hacher(motdepasse, propre)
    const fiche = { carte: 1000 + fiches.length, nom, sel: propre, motdepasse: hache, sub, prets }
    fiches.push(fiche)
    return fiche
  }

  const ficheDe = (carte: number | undefined) => fiches.find((fiche) => fiche.carte === carte)

  return {
    inscrire,
    lecteur: (carte: number | undefined): Lecteur | undefined => ficheDe(carte),
    /** The same work is done for a card that does not exist: the time of the answer does not tell. */
    lecteurDuMotDePasse(carte: number, motdepasse: string): Lecteur | undefined {
      const fiche = ficheDe(carte)
      const calcule = hacher(motdepasse, fiche?.sel ?? sel)
      return fiche?.motdepasse && timingSafeEqual(calcule, fiche.motdepasse) ? fiche : undefined
    },
    /** The reader of an identity of FranceConnect, by `sub` alone: a name is shared, a `sub` is not. */
    lecteurDuSub(sub: string, nom: string): Lecteur {
      return fiches.find((fiche) => fiche.sub === sub) ?? inscrire({ nom, sub })
    },
    prets: (carte: number): Pret[] => ficheDe(carte)?.prets ?? [],
    prolonger(carte: number, id: number): void {
      const pret = ficheDe(carte)?.prets.find((pret) => pret.id === id)
      if (pret) pret.retour = new Date(pret.retour.getTime() + 14 * jour)
    }
  }
}
