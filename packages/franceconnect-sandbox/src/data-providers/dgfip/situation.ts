import type { AnneeFiscale, Declarant, DossierFiscal } from '../dossiers/fiscal.ts'

function declarant(person: Declarant, rank: 1 | 2): Record<string, unknown> {
  const [annee, mois, jour] = person.naissance.split('-')
  return {
    [`nmNaiDec${rank}`]: person.nom,
    [`nmUsaDec${rank}`]: person.nomUsage,
    [`prnmDec${rank}`]: person.prenoms,
    [`dateNaisDec${rank}`]: { jour, mois, annee },
    [`dptNaissDec${rank}`]: person.departement,
    [`lieuNaissDec${rank}`]: person.lieu
  }
}

function dependants({ charge }: AnneeFiscale): Record<string, number> {
  const letters = ['F', 'G', 'H', 'I', 'R', 'J', 'N', 'P'] as const
  const counted = letters.map((letter) => [`nbPac${letter}`, charge[letter] ?? 0] as const)
  const total = (charge.F ?? 0) + (charge.G ?? 0) + (charge.H ?? 0) + (charge.R ?? 0) + (charge.J ?? 0)
  return { nbPac: total, ...Object.fromEntries(counted) }
}

/** One tax notice, as the resource "situations IR (assiettes)" writes it, whole. */
export function situation(file: DossierFiscal, notice: AnneeFiscale): Record<string, unknown> {
  const [first, second] = file.declarants
  const { complement, voie, codePostal, commune } = file.adresse
  const rev: Record<string, { code: string; valeur: string }[]> = {
    tspr: [],
    rcm: [],
    pv: [],
    fonc: [],
    pro: [],
    chges: [],
    rici: [],
    alpha: [],
    div: []
  }
  for (const { categorie, code, valeur } of notice.revenus) rev[categorie]?.push({ code, valeur: `${valeur}` })
  return {
    rfr: notice.rfr,
    sitFam: file.situation,
    nbPart: notice.parts,
    pac: dependants(notice),
    ...declarant(first, 1),
    ...(second && declarant(second, 2)),
    aft: [complement, voie, `${codePostal} ${commune}`].filter(Boolean).join(' '),
    aftDetail: { complementAdresse: complement, voie, getcommune: commune, getcodePostal: codePostal },
    sitParIso: notice.parentIsole ? 'O' : 'N',
    pensAlPer: notice.pensionAlimentaire ?? 0,
    indDeficit: notice.deficit ? 'O' : 'N',
    revenuBrutGlobal: notice.brut,
    mntRevbareme: notice.brut,
    rev
  }
}
