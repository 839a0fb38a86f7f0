import { estimer, revenuAnnualise } from './bareme.ts'
import type { Dossier, Piece } from './dossiers.ts'
import { affaires, type Saisie, type Valeurs } from './formulaire.ts'
import type { Identite } from './identite.ts'
import { type Administrations, administrations, type Lecture, sujets } from './lectures.ts'
import type { Preremplissage } from './preremplissage.ts'
import { dateEnToutesLettres, enEuros } from './textes.ts'

export interface Depot {
  readonly saisie: Saisie
  readonly valeurs: Valeurs
  readonly identite: Identite | null
  readonly sub: string | null
  readonly lectures: Administrations | null
  readonly prerempli: Preremplissage
}

/** Puts an application together: each answer with its origin, and what the ceilings say of the household. */
export function constituer({ saisie, valeurs, identite, sub, lectures, prerempli }: Depot): Omit<Dossier, 'reference'> {
  const declare = prerempli.revenu ?? valeurs.revenu ?? 0
  const revenu = valeurs.revenusSixMois === null ? declare : revenuAnnualise(valeurs.revenusSixMois)
  return {
    deposeLe: new Date(),
    proprietaire: sub,
    pieces: [
      ...piecesIdentite(saisie, identite),
      ...piecesRevenus(valeurs, lectures, prerempli),
      { libelle: 'Personnes du foyer fiscal', valeur: String(valeurs.personnes) },
      ...piecesFamille(valeurs, lectures, prerempli),
      { libelle: 'Épargne et biens de valeur', valeur: enEuros(valeurs.patrimoineMobilier) },
      { libelle: 'Immobilier hors résidence principale', valeur: enEuros(valeurs.patrimoineImmobilier) },
      { libelle: 'Affaire', valeur: affaires[saisie.affaire] ?? '' },
      { libelle: 'Description', valeur: saisie.resume },
      { libelle: 'Adresse électronique', valeur: saisie.courriel }
    ],
    incidents: incidents(lectures),
    estimation: estimer({ ...valeurs, revenu }),
    revenu,
    personnes: valeurs.personnes
  }
}

function certifiees<D>(lignes: readonly [string, string][], lecture: Lecture<D> | undefined, source: string): Piece[] {
  if (lecture?.etat !== 'recue') return []
  const { recueLe, correlation } = lecture
  return lignes.map(([libelle, valeur]) => ({ libelle, valeur, source, recueLe, correlation }))
}

function piecesIdentite(saisie: Saisie, identite: Identite | null): Piece[] {
  if (identite !== null) {
    const { recueLe, lignes } = identite
    return lignes.map(([libelle, valeur]) => ({ libelle, valeur, source: administrations.identite, recueLe }))
  }
  const naissance = dateEnToutesLettres({
    year: Number(saisie.naissanceAnnee),
    month: Number(saisie.naissanceMois) || null,
    day: Number(saisie.naissanceJour) || null
  })
  return [
    { libelle: 'Nom de naissance', valeur: saisie.nom },
    { libelle: 'Prénoms', valeur: saisie.prenoms },
    { libelle: 'Date de naissance', valeur: naissance },
    { libelle: 'Lieu de naissance', valeur: saisie.naissanceLieu }
  ]
}

function piecesRevenus(valeurs: Valeurs, lectures: Administrations | null, prerempli: Preremplissage): Piece[] {
  const pieces = certifiees(prerempli.impots, lectures?.impots, administrations.impots)
  if (prerempli.revenu === null && valeurs.revenu !== null) {
    pieces.push({ libelle: `Revenu fiscal de référence ${prerempli.annee}`, valeur: enEuros(valeurs.revenu) })
  }
  if (valeurs.revenusSixMois !== null) {
    pieces.push({ libelle: 'Revenus des six derniers mois', valeur: enEuros(valeurs.revenusSixMois) })
  }
  return pieces
}

function piecesFamille(valeurs: Valeurs, lectures: Administrations | null, prerempli: Preremplissage): Piece[] {
  if (prerempli.famille.length > 0) {
    return certifiees(prerempli.famille, lectures?.famille, prerempli.sourceFamille)
  }
  return valeurs.quotientFamilial === null
    ? []
    : [{ libelle: 'Quotient familial', valeur: enEuros(valeurs.quotientFamilial) }]
}

function incidents(lectures: Administrations | null): string[] {
  const phrase = (lecture: Lecture<unknown> | undefined, sujet: string) =>
    lecture?.etat === 'indisponible'
      ? [`${sujet} ${lecture.explication} : la donnée a été saisie à la main.`]
      : lecture?.etat === 'absente'
        ? [`${sujet} n’a rien au nom du demandeur.`]
        : []
  return [...phrase(lectures?.impots, sujets.impots), ...phrase(lectures?.famille, sujets.famille)]
}
