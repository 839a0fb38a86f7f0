import type { CatalogueName } from 'fastify-fc-data'
import t, { type Test } from 'tap'
import { enveloped, startDataHost, startDataService } from './service.ts'

type Row = [api: CatalogueName, params: object, sent: object, kept: object, leftOut: string[] | undefined]

const qf = { valeur: 464, annee: 2026, mois: 11, annee_calcul: 2026, mois_calcul: 10, fournisseur: 'CNAF' }
const plate = { immatriculation: 'FC-456-CD' }

/** What official servers send and no specification says, then other members of the same kinds. */
const nulls: Row[] = [
  [
    'dss/quotient-familial',
    {},
    { quotient_familial: { ...qf, valeur: null } },
    { quotient_familial: { mois: 11 } },
    ['quotient_familial.valeur']
  ],
  [
    'dss/quotient-familial',
    {},
    { quotient_familial: qf, adresse: { pays: null, lieu_dit: null } },
    { quotient_familial: qf, adresse: { lieu_dit: null } },
    ['adresse.pays']
  ],
  [
    'dss/quotient-familial',
    {},
    { quotient_familial: qf, allocataires: [{ prenoms: 'A', sexe: null }, { sexe: 'F' }] },
    { allocataires: [{ prenoms: 'A' }, { sexe: 'F' }] },
    ['allocataires.0.sexe']
  ],
  [
    'dss/quotient-familial',
    {},
    { quotient_familial: qf, enfants: [{ prenoms: 'A' }, null, { prenoms: 'B' }] },
    { enfants: [{ prenoms: 'A' }, {}, { prenoms: 'B' }] },
    ['enfants.1']
  ],
  [
    'dss/quotient-familial',
    {},
    { quotient_familial: qf, adresse: 'citizen-datum' },
    { quotient_familial: qf },
    ['adresse']
  ],
  [
    'dss/participation-familiale-eaje',
    {},
    { enfants: null, allocataires: [{ prenoms: 'A' }] },
    { allocataires: [{ prenoms: 'A' }] },
    ['enfants']
  ],
  [
    'ants/extrait-immatriculation-vehicule',
    plate,
    { caracteristiques_techniques_vehicule: { cylindree: null, taux_co2: 90 } },
    { caracteristiques_techniques_vehicule: { taux_co2: 90 } },
    ['caracteristiques_techniques_vehicule.cylindree']
  ],
  [
    'mesri/statut-etudiant',
    {},
    { admissions: [{ est_inscrit: true, regime_formation: { libelle: 'x', code: null } }] },
    { admissions: [{ est_inscrit: true, regime_formation: { libelle: 'x' } }] },
    ['admissions.0.regime_formation.code']
  ],
  [
    'cnous/etudiant-boursier',
    {},
    { email: 'a@b.fr', echelon_bourse: { echelon: null } },
    { email: 'a@b.fr', echelon_bourse: {} },
    ['echelon_bourse.echelon']
  ],
  [
    'gip-mds/service-civique',
    {},
    { statut_actuel: { contrat_trouve: null, date_debut_contrat: null } },
    { statut_actuel: { date_debut_contrat: null } },
    ['statut_actuel.contrat_trouve']
  ],
  [
    'dgfip/situation-ir',
    { annrev: 2024 },
    { rfr: 23000, pac: { nbPac: null }, rev: { tspr: [null] } },
    { rfr: 23000, pac: {}, rev: { tspr: [{}] } },
    ['pac.nbPac', 'rev.tspr.0']
  ],
  [
    'cnam/droits-beneficiaires',
    {},
    [{ nir: '1', rang_naissance: null }, { nir: '2' }],
    [{ nir: '1' }, { nir: '2' }],
    ['0.rang_naissance']
  ],
  [
    'france-travail/paiements',
    {},
    { statutInscription: true, listePaiement: { un: 1 } },
    { statutInscription: true },
    ['listePaiement']
  ]
]

const numbers: Row[] = [
  [
    'dss/quotient-familial',
    {},
    { quotient_familial: { ...qf, annee_calcul: '2026', valeur: '464' } },
    { quotient_familial: qf },
    undefined
  ],
  [
    'dss/participation-familiale-eaje',
    {},
    {
      parametres_calcul_participation_familiale: {
        base_ressources_annuelles: { valeur: '15000.50', annee_calcul: '2024' }
      }
    },
    {
      parametres_calcul_participation_familiale: { base_ressources_annuelles: { valeur: 15000.5, annee_calcul: 2024 } }
    },
    undefined
  ],
  [
    'dss/participation-familiale-eaje',
    {},
    { parametres_calcul_participation_familiale: { base_ressources_annuelles: { valeur: 15000.5 } } },
    { parametres_calcul_participation_familiale: { base_ressources_annuelles: { valeur: 15000.5 } } },
    undefined
  ],
  [
    'cnous/etudiant-boursier',
    {},
    { periode_versement_bourse: { duree: '10' } },
    { periode_versement_bourse: { duree: 10 } },
    undefined
  ],
  [
    'france-travail/paiements',
    {},
    { listePaiement: [{ montant_paiement: '812.37' }] },
    { listePaiement: [{ montant_paiement: 812.37 }] },
    undefined
  ],
  ['cnam/droits-me', {}, { nir: '1', rang_naissance: '2' }, { nir: '1', rang_naissance: 2 }, undefined],
  [
    'dss/quotient-familial',
    {},
    { quotient_familial: qf, adresse: { code_postal_ville: 2100 } },
    { quotient_familial: qf, adresse: {} },
    ['adresse.code_postal_ville']
  ],
  [
    'cnam/droits-caisse',
    { nir: '1840775123456' },
    { id: '7', adresse: { code_postal: 75002, commune: 'PARIS' } },
    { id: '7', adresse: { commune: 'PARIS' } },
    ['adresse.code_postal']
  ]
]

async function check(t: Test, rows: Row[]) {
  const host = await startDataHost(t)
  const service = await startDataService(t, host.url, {
    apis: [
      { name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial'] },
      { name: 'dss/participation-familiale-eaje', scopes: ['cnav_participation_familiale_eaje_enfants'] },
      {
        name: 'ants/extrait-immatriculation-vehicule',
        scopes: ['ants_extrait_immatriculation_vehicule_statut_rattachement']
      },
      { name: 'mesri/statut-etudiant', scopes: ['mesri_admissions'] },
      { name: 'cnous/etudiant-boursier', scopes: ['cnous_email'] },
      { name: 'gip-mds/service-civique', scopes: ['gip_mds_service_civique_dates'] },
      { name: 'dgfip/situation-ir', scopes: ['dgfip_annee_n_moins_1', 'dgfip_rfr'] },
      { name: 'cnam/droits-beneficiaires', scopes: ['cnam_beneficiaires'] },
      { name: 'cnam/droits-me', scopes: ['droits_assurance_maladie'] },
      { name: 'cnam/droits-caisse', scopes: ['cnam_caisse'] },
      { name: 'france-travail/paiements', scopes: ['api_fc-liste-paiementsv1'] }
    ],
    hold: false
  })
  for (const [name, params, sent, kept, leftOut] of rows) {
    host.answers({ body: /^(dgfip|cnam|france)/.test(name) ? sent : enveloped(sent) })
    const result = await service.inside((request) => request.fcData(name as 'dss/quotient-familial', params as never))
    t.match(result, { data: kept, meta: { held: false, leftOut } }, `${name}: ${leftOut ?? 'all kept'}`)
  }
  return service
}

t.test(
  'one unexpected null deep in the body leaves that member out, with one warning that holds no value',
  async (t) => {
    const service = await check(t, [...nulls, ...nulls])
    const warnings = service.logged(40).filter(({ leftOut }) => leftOut !== undefined)
    t.equal(warnings.length, nulls.length, 'one for each API and set of paths')
    t.match(warnings[0], { api: 'dss/quotient-familial', leftOut: ['quotient_familial.valeur'] })
    const said = JSON.stringify(warnings).replace(/"(time|pid)":\d+/g, '')
    t.notMatch(said, /citizen-datum|464|23000/)
  }
)

t.test('a number written as a text is a number, for every provider, and a postal code stays a text', (t) =>
  check(t, numbers)
)

t.test('only a body that is not the API’s at all is refused, and the message says which member', async (t) => {
  const host = await startDataHost(t)
  const apis = [{ name: 'dss/quotient-familial' as const, scopes: ['cnaf_quotient_familial'] as const }]
  const service = await startDataService(t, host.url, { apis, hold: false })
  const cases: [unknown, RegExp][] = [
    [enveloped({ quotient_familial: 'citizen-datum' }), /quotient_familial must be object/],
    [
      enveloped({ autre_chose: 'citizen-datum' }),
      /none of its members is there \(allocataires, enfants, adresse, quot/
    ],
    [{ quotient_familial: qf }, /without its envelope/],
    [enveloped(null), /without its envelope/],
    ['<html>citizen-datum</html>', /not JSON/],
    ['', /200 without a body/]
  ]
  for (const [body, message] of cases) {
    host.answers({ body })
    const call = service.inside((request) => request.fcData('dss/quotient-familial'))
    const error = (await t.rejects(call, { code: 'FST_FC_DATA_INVALID_RESPONSE', message })) as Error | undefined
    t.notMatch(String(error?.message), /citizen-datum/)
  }
  host.answers({ body: enveloped({}) })
  t.match(
    await service.inside((request) => request.fcData('dss/quotient-familial')),
    { data: {} },
    'no scope, no field'
  )
})
