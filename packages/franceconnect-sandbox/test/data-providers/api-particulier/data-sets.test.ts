import t from 'tap'
import { ask } from '../ask.ts'
import { citizenNamed, withDataProviders } from '../checktoken-double.ts'

const sandbox = await withDataProviders()
t.teardown(() => sandbox.close())
const today = new Date(sandbox.now())
const schoolYear = today.getUTCFullYear() - (today.getUTCMonth() < 8 ? 1 : 0)

/** `status code` of a refusal, or the data. */
async function found(path: string, citizen: string, scopes: string[], query = '') {
  const url = `${sandbox.options.apiParticulier.baseUrl}${path}/france_connect?recipient=13002526500013${query}`
  const { status, body } = await ask(url, { authorization: `Bearer ${sandbox.issue(citizen, ...scopes)}` })
  return status === 200 ? body.data : `${status} ${body.errors[0].code}`
}

t.test('benefits: drawn, not drawn, no file, identity refused', async (t) => {
  const rsa = (citizen: string, ...more: string[]) =>
    found('/v3/dss/revenu_solidarite_active', citizen, ['revenu_solidarite_active', ...more])
  t.strictSame(await rsa('prénom_composé'), { est_beneficiaire: true, date_debut_droit: '2025-06-01' })
  t.strictSame(await rsa('plusieurs_prénoms_3', 'revenu_solidarite_active_majoration'), {
    est_beneficiaire: false,
    avec_majoration: null,
    date_debut_droit: null
  })
  t.strictSame(await found('/v3/dss/revenu_solidarite_active', 'test', ['revenu_solidarite_active_majoration']), {
    avec_majoration: true
  })
  t.equal(await rsa('sans_dossier'), '404 35003')
  t.equal(await rsa('caractères_spéciaux'), '404 23003', 'no longer at the CAF')
  t.equal(await rsa('identité_divergente'), '404 10003', 'no longer at the MSA')
  t.equal(await rsa('étranger_présumé_né_jour_et_mois'), '422 36560')
  t.equal(await rsa('genre_indéfini'), '422 36561')
})

t.test('benefits paid for a child say who draws them', async (t) => {
  const ars = (citizen: string) =>
    found('/v3/dss/allocation_rentree_scolaire', citizen, ['cnav_allocation_rentree_scolaire'])
  t.strictSame(await ars('naissance_Algérie'), { status: 'allocataire', date_debut_droit: '2026-08-01' })
  t.strictSame(await ars('avec_nom_dusage'), { status: 'non_beneficiaire', date_debut_droit: null })
})

t.test('complémentaire santé solidaire: with, without, unknown to the health insurance', async (t) => {
  const c2s = (citizen: string) =>
    found('/v3/dss/complementaire_sante_solidaire', citizen, ['complementaire_sante_solidaire'])
  t.match(await c2s('étudiante_boursière'), { est_beneficiaire: true, avec_participation: false })
  t.strictSame(await c2s('avec_nom_dusage'), {
    est_beneficiaire: false,
    date_debut_droit: null,
    avec_participation: null
  })
  t.equal(await c2s('sans_dossier'), '404 40003')
  t.equal(await c2s('étranger_présumé_né_jour'), '422 36560')
})

t.test('households', async (t) => {
  const eaje = (citizen: string, ...parts: string[]) =>
    found(
      '/v3/dss/participation_familiale_eaje',
      citizen,
      parts.map((part) => `cnav_participation_familiale_eaje_${part}`)
    )
  t.match(await eaje('plusieurs_prénoms_3', 'parametres_calcul'), {
    parametres_calcul_participation_familiale: {
      nombre_enfants_a_charge: 3,
      base_ressources_annuelles: { valeur: 43_200, annee_calcul: today.getUTCFullYear() - 2 }
    }
  })
  const children = await eaje('plusieurs_prénoms_3', 'enfants')
  t.equal(children.enfants[0].code_cog_insee_commune_naissance, '69383')
  t.equal(children.enfants.length, 3, 'all of them, whatever their age')
  t.equal(await eaje('naissance_Algérie', 'enfants'), '404 37003', 'a file, and nobody under seven')
  t.equal(await eaje('sans_dossier', 'enfants'), '404 35003', 'no file')
  t.equal(await eaje('caractères_spéciaux', 'enfants'), '404 23003')
  t.equal(await eaje('genre_indéfini', 'enfants'), '422 36561')
  t.match(await found('/v3/dss/foyer_rsa', 'test', ['cnav_foyer_rsa']), {
    beneficiaires: [{ nom_naissance: 'DUBOIS', qualite: 'allocataire' }],
    personnes_a_charge: [{ prenoms: 'LUCIE MARIE' }, { prenoms: 'NOÉ' }]
  })
  t.equal(await found('/v3/dss/foyer_rsa', 'plusieurs_prénoms_3', ['cnav_foyer_rsa']), '404 40402')
  t.equal(await found('/v3/dss/foyer_rsa', 'genre_indéfini', ['cnav_foyer_rsa']), '422 36561')
})

t.test('students: the identity is never in the answer, its scope alone opens nothing', async (t) => {
  const path = '/v3/mesri/statut_etudiant'
  t.equal(await found(path, 'étudiante_boursière', ['mesri_identite']), '403 00100')
  const admitted = await found(path, 'étudiante_boursière', ['mesri_identite', 'mesri_admission_inscrit'])
  t.strictSame(admitted, { admissions: [{ est_inscrit: true }] })
  const { admissions } = await found(path, 'étudiante_boursière', ['mesri_admissions'])
  t.strictSame(admissions, [{ date_debut: `${schoolYear}-09-01`, date_fin: `${schoolYear + 1}-08-31` }])
  t.equal(await found(path, 'moins_18_ans', ['mesri_admissions']), '404 25003')
})

t.test('grants: three versions, and the year of the campaign', async (t) => {
  const at = (version: string, citizen: string, scopes: string[], query?: string) =>
    found(`/${version}/cnous/etudiant_boursier`, citizen, scopes, query)
  t.strictSame(await at('v3', 'étudiante_boursière', ['cnous_statut_boursier']), { est_boursier: true })
  const status = { statut_boursier: { est_boursier: true, est_radie: false, date_radiation: null } }
  t.strictSame(await at('v4', 'étudiante_boursière', ['cnous_statut_boursier', 'cnous_ine']), status)
  t.match(await at('v5', 'étudiante_boursière', ['cnous_statut_boursier', 'cnous_ine']), {
    ...status,
    ine: '2504987651B'
  })
  t.strictSame(await at('v5', 'étudiante_boursière', ['cnous_statut_bourse', 'cnous_identite']), {}, 'no field')
  const asked = (year: string) => at('v5', 'étudiante_boursière', ['cnous_periode_versement'], `&campaignYear=${year}`)
  t.match(await asked(`${schoolYear - 1}`), { periode_versement_bourse: { date_rentree: `${schoolYear - 1}-09-01` } })
  t.equal(await asked('2021'), '404 26003')
  t.equal(await asked('2020'), '422 00368')
  t.equal(await asked('21'), '422 00368')
  t.equal(await at('v4', 'avec_nom_dusage', ['cnous_email']), '404 26003')
})

t.test('national service: from sixteen to twenty-five, whatever the day', async (t) => {
  t.teardown(() => sandbox.moveToDay(new Date().toISOString()))
  const jdc = (citizen: string, day: string) => {
    sandbox.moveToDay(day)
    return found('/v3/dsnj/service_national', citizen, ['dsnj_statut_service_national'])
  }
  const bornOn = (citizen: string) => citizenNamed(citizen).register.birthdate
  const atAge = (citizen: string, years: number, before = 0) => {
    const [year, month, day] = bornOn(citizen).split('-').map(Number)
    return new Date(Date.UTC(year! + years, month! - 1, day! - before, 12)).toISOString()
  }
  for (const citizen of ['moins_18_ans', 'étudiante_boursière', 'dsnj_un']) {
    t.equal(await jdc(citizen, atAge(citizen, 16, 1)), '422 39400', 'the day before sixteen')
    t.match(await jdc(citizen, atAge(citizen, 16)), { statut_service_national: String }, 'on that day')
    t.match(await jdc(citizen, atAge(citizen, 26, 1)), { statut_service_national: String }, 'at twenty-five')
    t.equal(await jdc(citizen, atAge(citizen, 26)), '422 39400', 'at twenty-six')
  }
  const seventeen = (citizen: string) => jdc(citizen, atAge(citizen, 17))
  t.match(await seventeen('moins_18_ans'), { statut_service_national: 'pas_en_regle' })
  t.strictSame(await seventeen('étudiante_boursière'), { statut_service_national: 'en_regle', commentaires: null })
  t.match(await seventeen('dsnj_un'), { statut_service_national: 'en_regle' })
  for (const citizen of ['test', 'avec_nom_dusage']) {
    t.equal(await jdc(citizen, new Date().toISOString()), '422 39400', `born in ${bornOn(citizen)}, whatever the file`)
  }
})

t.test('civic service: the parts of a contract ask for two scopes', async (t) => {
  const asc = (citizen: string, ...parts: string[]) =>
    found(
      '/v3/gip_mds/service_civique',
      citizen,
      parts.map((part) => `gip_mds_service_civique_${part}`)
    )
  t.strictSame(await asc('étudiante_boursière', 'statut_actuel', 'organisme_accueil'), {
    statut_actuel: { contrat_trouve: false, organisme_accueil: { siret: null, raison_sociale: null } }
  })
  t.strictSame(await asc('étudiante_boursière', 'statut_passe', 'dates'), {
    statut_passe: { contrat_trouve: true, date_debut_contrat: '2023-10-01', date_fin_contrat: '2024-05-31' }
  })
  t.equal(await asc('avec_nom_dusage', 'statut_actuel'), '404 31003')
})

t.test('a vehicle must be of the citizen; the identity is there whatever the scopes', async (t) => {
  const siv = (citizen: string, part: string, plate?: string) =>
    found(
      '/v3/ants/extrait_immatriculation_vehicule',
      citizen,
      [`ants_extrait_immatriculation_vehicule_${part}`],
      plate === undefined ? '' : `&immatriculation=${encodeURIComponent(plate)}`
    )
  const extract = await siv('test', 'statut_rattachement', 'fc-456-cd')
  t.strictSame(Object.keys(extract), ['identite_particulier', 'statut_rattachement'])
  t.match(extract, { identite_particulier: { nom: 'DUBOIS', prenom: 'ANGELA', annee_date_naissance: 1962 } })
  t.match(await siv('test_CORSE_2A', 'donnees_immatriculation_vehicule', '123 ABC 2A'), {
    identite_particulier: { code_departement_naissance: '2A' },
    donnees_immatriculation_vehicule: { statut_location: { code: null } }
  })
  t.equal(await siv('test', 'identite_particulier', 'FC-456-CD'), '403 00100')
  t.equal(await siv('test', 'statut_rattachement'), '422 00430')
  t.equal(await siv('test', 'statut_rattachement', 'ZZ-999-ZZ'), '404 42003')
  t.equal(await siv('test', 'statut_rattachement', 'GH-123-JK'), '404 42404')
})
