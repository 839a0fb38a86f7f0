import { type Administrations, administrations, derniereAnneeImposee, type Lecture } from './lectures.ts'
import { enEuros, enNombre, moisEnToutesLettres } from './textes.ts'

type Lignes = [libelle: string, valeur: string][]

/** What the administrations' answers fill in; `null` or empty for what is left to the citizen. */
export interface Preremplissage {
  readonly annee: number
  readonly revenu: number | null
  readonly personnes: number | null
  readonly impots: Lignes
  readonly famille: Lignes
  readonly sourceFamille: string
}

/** Situations that the income tax return knows, by letter. */
const situations: Readonly<Record<string, string>> = {
  C: 'célibataire',
  D: 'divorcé(e) ou séparé(e)',
  M: 'marié(e)',
  O: 'pacsé(e)',
  V: 'veuf ou veuve'
}

const donneeDe = <D>(lecture: Lecture<D> | undefined) => (lecture?.etat === 'recue' ? lecture.donnee : undefined)

const entier = (valeur: unknown): number | null => {
  const lu = typeof valeur === 'string' && valeur !== '' ? Number(valeur) : valeur
  return typeof lu === 'number' && Number.isFinite(lu) ? lu : null
}

export function preremplir(lectures: Administrations | null): Preremplissage {
  const impots = donneeDe(lectures?.impots)
  const quotient = donneeDe(lectures?.famille)?.quotient_familial
  const annee = derniereAnneeImposee()
  const revenu = entier(impots?.rfr)
  const parts = entier(impots?.nbPart)
  const enCharge = entier(impots?.pac?.nbPac)
  const situation = situations[impots?.sitFam ?? '']
  const declarants = impots?.sitFam === 'M' || impots?.sitFam === 'O' ? 2 : 1
  const lignes: Lignes = []
  if (revenu !== null) lignes.push([`Revenu fiscal de référence ${annee}`, enEuros(revenu)])
  if (parts !== null) lignes.push(['Nombre de parts', enNombre(parts)])
  if (situation !== undefined) lignes.push(['Situation', situation])
  if (enCharge !== null) lignes.push(['Personnes à charge', enNombre(enCharge)])
  return {
    annee,
    revenu,
    personnes: situation === undefined ? null : declarants + (enCharge ?? 0),
    impots: lignes,
    famille: lignesFamille(quotient),
    sourceFamille:
      quotient?.fournisseur === 'MSA'
        ? administrations.msa
        : quotient?.fournisseur === 'CNAF'
          ? administrations.cnaf
          : administrations.famille
  }
}

function lignesFamille(quotient: { valeur?: number; mois?: number; annee?: number } | undefined): Lignes {
  if (quotient?.valeur === undefined) return []
  const mois = moisEnToutesLettres(quotient.mois, quotient.annee)
  return [[mois === undefined ? 'Quotient familial' : `Quotient familial de ${mois}`, enEuros(quotient.valeur)]]
}
