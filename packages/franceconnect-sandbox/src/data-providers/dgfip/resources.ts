import type { Declarant, DossierFiscal } from '../dossiers/fiscal.ts'
import type { Field } from '../mask.ts'
import { assiettes, inList, locaux } from './fields.ts'
import { situation } from './situation.ts'
import type { Age } from './years.ts'

/** One resource of API Impôt Particulier in its FranceConnect form. */
export interface DgfipResource {
  api: string
  /** Matches the whole path; its group is the income year. */
  path: RegExp
  /** Scope that the gateway's token must hold. */
  gatewayScope: string
  accept: string
  fields: readonly Field[]
  body(file: DossierFiscal, age: Age, year: number): Record<string, unknown> | undefined
}

const root = '/impotparticulier/1\\.0'
const media = (name: string) => `application/prs.dgfip.${name}.v1+json`

/** The file as it was in a year: somebody who married last year was single before. */
function asOf(file: DossierFiscal, age: Age): DossierFiscal {
  return file.mariage && age > 1 ? single(file) : file
}

function single(file: DossierFiscal): DossierFiscal {
  return { ...file, situation: 'C', declarants: [file.declarants[0]] }
}

function notice(file: DossierFiscal, age: Age) {
  const held = file.annees[age]
  return held && situation(asOf(file, age), held)
}

function latest(file: DossierFiscal, age: Age, year: number) {
  const held = notice(file, age)
  return held && { annRevenu: year, ...held }
}

/** Two notices for a year in which the family's situation changed, one otherwise. */
function several(file: DossierFiscal, age: Age, year: number) {
  const held = notice(file, age)
  if (!held) return undefined
  const whole = { ...held, dateDebutPeriode: `${year}-01-01`, dateFinPeriode: `${year}-12-31`, typeAvis: 1 }
  if (!file.mariage || age !== 1) return { situationsIR: [whole] }
  const { jour, avant } = file.mariage
  const before = { ...situation(single(file), avant), dateDebutPeriode: `${year}-01-01` }
  return {
    situationsIR: [
      { ...before, dateFinPeriode: `${year}-${jour}`, typeAvis: 1 },
      { ...whole, dateDebutPeriode: `${year}-${jour}`, typeAvis: 2 }
    ]
  }
}

function invoice(file: DossierFiscal, age: Age) {
  const held = file.annees[age]
  if (!held) return undefined
  const line = (numLigne: number, codeLigne: string, libelleLigne: string, montant: number) => {
    return { numLigne, codeLigne, libelleLigne, colonne1: '', colonne2: '', colonne3: '', colonne4: `${montant}` }
  }
  const facture = [
    line(1, '0100', 'Revenu brut global', held.brut),
    line(2, '0110', 'Revenu fiscal de référence', held.rfr),
    line(3, '0900', "Total de l'imposition", held.impot)
  ]
  return { ...situation(asOf(file, age), held), facture }
}

function dwellings(file: DossierFiscal) {
  const edition = ({ nom, prenoms }: Declarant) => `${nom} ${prenoms}`
  const [first, second] = file.declarants
  return {
    situationsTH: file.locaux.map(({ commune, voie, numero, nature, invariant }) => ({
      codeDsf: commune.slice(0, 2),
      codeCommune: commune.slice(2),
      codeAft: '',
      numVoie: numero,
      btq: '',
      libelleVoie: voie,
      libelleCommune: file.adresse.commune,
      regimeTax: 'P',
      natureImp: 'H',
      libelleEdition1: edition(first),
      libelleEdition2: second ? edition(second) : '',
      locaux: [{ natureLocal: nature, affectation: 'H', invariant }]
    }))
  }
}

/** The seven resources, at the paths of the DGFiP's published specification. */
export const resources: DgfipResource[] = [
  {
    api: 'dgfip/derniere-situation-ir-deux-ans',
    path: new RegExp(`^${root}/dernieresituation/ir/assiettes/deuxans$`),
    gatewayScope: 'RessourceIRDerniere2',
    accept: media('part.derniere.situations.ir.assiettes'),
    fields: [['annRevenu'], ...assiettes],
    body: latest
  },
  {
    api: 'dgfip/derniere-situation-ir',
    path: new RegExp(`^${root}/dernieresituation/ir/assiettes/annrev/([^/]+)$`),
    gatewayScope: 'RessourceIRDerniere',
    accept: media('part.derniere.situations.ir.assiettes'),
    fields: [['annRevenu'], ...assiettes],
    body: latest
  },
  {
    api: 'dgfip/situation-ir',
    path: new RegExp(`^${root}/situations/ir/assiettes/annrev/([^/]+)$`),
    gatewayScope: 'RessourceIR',
    accept: media('part.situations.ir.assiettes'),
    fields: assiettes,
    body: notice
  },
  {
    api: 'dgfip/situations-ir-multiple',
    path: new RegExp(`^${root}/situations/ir/assiettes/multiple/annrev/([^/]+)$`),
    gatewayScope: 'RessourceIRMultiple',
    accept: media('part.situations.ir.assiettes.multiple'),
    fields: [
      ['situationsIR.dateDebutPeriode'],
      ['situationsIR.dateFinPeriode'],
      ['situationsIR.typeAvis'],
      ...inList('situationsIR')
    ],
    body: several
  },
  {
    api: 'dgfip/situation-ir-factures',
    path: new RegExp(`^${root}/situations/ir/factures/annrev/([^/]+)$`),
    gatewayScope: 'RessourceIRFacture',
    accept: media('part.situations.ir.factures'),
    fields: [['facture'], ...assiettes],
    body: invoice
  },
  {
    api: 'dgfip/situation-ifi',
    path: new RegExp(`^${root}/situations/ifiisf/assiettes/annrev/([^/]+)$`),
    gatewayScope: 'RessourceIFI',
    accept: media('situations.ifiisf.assiettes'),
    fields: [['indicateurIfiIsf', 'dgfip_indiIFI']],
    body: (file) => ({ indicateurIfiIsf: file.ifi ? 'O' : 'N' })
  },
  {
    api: 'dgfip/situation-th-principale',
    path: new RegExp(`^${root}/situations/th/assiettes/principale/annrev/([^/]+)$`),
    gatewayScope: 'RessourceTHPrincipale',
    accept: media('part.situations.th.assiettes'),
    fields: locaux,
    body: dwellings
  }
]
