import type { Field } from '../mask.ts'

/**
 * Fields by FranceConnect scope. The pairs are read from the names of the scopes, no list of them being public; a
 * field that no scope names is left out, so that nothing is seen here which production might not show.
 */
export const assiettes: readonly Field[] = [
  ['rfr', 'dgfip_rfr'],
  ['nbPart', 'dgfip_nbpart'],
  ['sitFam', 'dgfip_sitfam'],
  ['aft', 'dgfip_aft'],
  ['aftDetail', 'dgfip_aft'],
  ['pac.nbPac', 'dgfip_pac_nbPac'],
  ['pac.nbPac', 'dgfip_nbpac'],
  ['pac', 'dgfip_pac'],
  ['sitParIso', 'dgfip_pariso'],
  ['indDeficit', 'dgfip_inddeficit'],
  ['mntRevbareme', 'dgfip_mntRevbareme'],
  ['revenuBrutGlobal', 'dgfip_rbg'],
  ...['nmNai', 'nmUsa', 'prnm', 'dateNais'].flatMap((name): Field[] => [
    [`${name}Dec1`, `dgfip_${name}Dec1`],
    [`${name}Dec2`, `dgfip_${name}Dec2`],
    [`${name}Dec1`, 'dgfip_decl'],
    [`${name}Dec2`, 'dgfip_decl']
  ]),
  ...['dptNaissDec1', 'lieuNaissDec1', 'dptNaissDec2', 'lieuNaissDec2'].map((name): Field => [name, 'dgfip_decl']),
  ...['RevDecl', 'RevNets'].flatMap((kind): Field[] => [
    ['rev.tspr', `dgfip_${kind}_Cat1_Tspr`],
    ['rev.rcm', `dgfip_${kind}_Cat2_Rcm`],
    ['rev.pv', `dgfip_${kind}_Cat3_PMV`],
    ['rev.fonc', `dgfip_${kind}_Cat4_Ref`],
    ['rev.pro', `dgfip_${kind}_Cat5_NonSal`]
  ]),
  ['rev.chges', 'dgfip_PaDeduc_EnfMaj'],
  ['rev.chges', 'dgfip_PaDeduc_Autres'],
  ['rev.chges', 'dgfip_EpargRetrDeduc']
]

/** The same fields inside a list of situations. */
export const inList = (list: string): Field[] =>
  assiettes.map(([path, ...scopes]): Field => [`${list}.${path}`, ...scopes])

export const locaux: readonly Field[] = [
  ['situationsTH', 'dgfip_locaux_th'],
  ...['codeDsf', 'codeCommune', 'codeAft', 'numVoie', 'btq', 'libelleVoie', 'libelleCommune'].map(
    (name): Field => [`situationsTH.${name}`, 'dgfip_locaux_th_ident']
  ),
  ['situationsTH.libelleEdition1', 'dgfip_locaux_th_ident'],
  ['situationsTH.libelleEdition2', 'dgfip_locaux_th_ident'],
  ['situationsTH.locaux.invariant', 'dgfip_locaux_th_ident'],
  ['situationsTH.natureImp', 'dgfip_locaux_th_Nat'],
  ['situationsTH.locaux.natureLocal', 'dgfip_locaux_th_Nat'],
  ['situationsTH.regimeTax', 'dgfip_locaux_th_Tax'],
  ['situationsTH.locaux.affectation', 'dgfip_locaux_th_Aff']
]
