import t from 'tap'
import { catalogue } from '../../src/apis/catalogue.ts'
import { askedScopes, scopeNotices } from '../../src/options/scope-notices.ts'

const all = Object.entries(catalogue)

t.test('the catalogue is plain JSON, by name', async (t) => {
  t.equal(all.length, 33)
  for (const [name, entry] of all) {
    t.equal(entry.name, name)
    t.strictSame(JSON.parse(JSON.stringify(entry)), entry, name)
    t.match(entry.path, /^\/[\w/.{}-]+$/)
    t.ok(entry.scopes.length > 0)
    t.ok(entry.sources.length > 0)
    t.ok(['available', 'planned', 'deprecated', 'restricted', 'uncertain'].includes(entry.status))
  }
})

t.test('API Particulier’s paths follow its rule', async (t) => {
  for (const [name, { provider, path, version }] of all) {
    if (provider !== 'apiParticulier') continue
    const [producer, resource] = name.replace(/@.*/, '').split('/') as [string, string]
    t.equal(path, `/${version}/${producer.replaceAll('-', '_')}/${resource.replaceAll('-', '_')}/france_connect`, name)
  }
})

t.test('each scope has its two facts, each with its day', async (t) => {
  for (const [name, { scopes, otherScopes = [], scopeFacts }] of all) {
    t.strictSame(Object.keys(scopeFacts).sort(), [...scopes, ...otherScopes].sort(), name)
    for (const [scope, { dataPass, franceConnect, note }] of Object.entries(scopeFacts)) {
      t.match(
        dataPass,
        { granted: [true, false, null].find((one) => one === dataPass.granted), on: '2026-08-06' },
        scope
      )
      t.match(franceConnect, { known: Boolean, on: '2026-02-24' }, scope)
      t.ok(dataPass.granted === true && franceConnect.known ? true : note, `${scope} says what to make of it`)
    }
  }
  const facts = (name: keyof typeof catalogue, scope: string) => catalogue[name].scopeFacts[scope]
  t.match(facts('cnous/etudiant-boursier', 'cnous_statut_bourse'), {
    dataPass: { granted: false },
    franceConnect: { known: true }
  })
  t.match(facts('cnous/etudiant-boursier', 'cnous_ine'), {
    dataPass: { granted: true },
    franceConnect: { known: false }
  })
  t.match(facts('dss/foyer-rsa', 'cnav_foyer_rsa'), { dataPass: { granted: false }, franceConnect: { known: false } })
  t.match(facts('gip-mds/service-civique', 'gip_mds_service_civique_dates'), { dataPass: { granted: false } })
  t.match(facts('dgfip/situation-ir', 'dgfip_locaux_th_Tax'), { dataPass: { granted: false } })
  t.match(facts('dgfip/situation-ir', 'dgfip_rbg'), { dataPass: { granted: true }, franceConnect: { known: false } })
  t.match(facts('cnam/droits-me', 'droits_assurance_maladie'), { dataPass: { granted: null } })
})

t.test('no scope that DataPass does not grant is asked by default', async (t) => {
  const refused = all.flatMap(([name, { scopeFacts }]) =>
    askedScopes([name]).filter((scope) => scopeFacts[scope]?.dataPass.granted === false)
  )
  t.strictSame(refused, [])
  t.ok(askedScopes(['cnous/etudiant-boursier']).length === 7, 'the others are')
  t.strictSame(askedScopes(['dgfip/situation-ir', { name: 'dss/prime-activite', atLogin: false }, null, 7]), [])
  const own = { name: 'ville/solde', url: 'https://ville.example', scopes: ['ville_solde'] }
  t.strictSame(askedScopes([own, { name: 'cnam/droits-me', scopes: ['cnam_caisse'] }]), ['ville_solde', 'cnam_caisse'])
})

t.test('what the lists say of an apis option', async (t) => {
  t.strictSame(scopeNotices(['dss/quotient-familial', { name: 'ville/solde', scopes: ['x'] }, undefined]), [])
  t.match(
    scopeNotices([{ name: 'cnous/etudiant-boursier', scopes: ['cnous_statut_bourse', 'cnous_ine', 'cnous_emial'] }]),
    [
      {
        api: 'cnous/etudiant-boursier',
        scope: 'cnous_statut_bourse',
        kind: 'not-granted',
        on: '2026-08-06',
        note: String
      },
      { scope: 'cnous_ine', kind: 'ignored', on: '2026-02-24' },
      { scope: 'cnous_emial', kind: 'unknown', near: 'cnous_email' }
    ]
  )
  t.match(scopeNotices(['gip-mds/service-civique']), [{ kind: 'none-asked', api: 'gip-mds/service-civique' }])
  t.match(scopeNotices(['mesri/statut-etudiant']), [{ scope: 'mesri_admission_etablissement_etudes', kind: 'ignored' }])
})

t.test('every field is optional and unknown ones are let through', async (t) => {
  const walk = (schema: unknown, at: string): void => {
    if (typeof schema !== 'object' || schema === null) return
    const { type, required, additionalProperties, properties, items, anyOf } = schema as Record<string, unknown>
    if (type === 'object') {
      t.notOk(required, `${at} requires nothing`)
      t.not(additionalProperties, false, at)
    }
    for (const [name, value] of Object.entries((properties as object | undefined) ?? {})) walk(value, `${at}.${name}`)
    walk(items, `${at}[]`)
    for (const one of (anyOf as unknown[] | undefined) ?? []) walk(one, at)
  }
  for (const [name, entry] of all) walk(entry.data, name)
})

t.test('each scope says what it opens, except the DGFiP’s, which nobody documents', async (t) => {
  for (const [name, { provider, scopes, fields }] of all)
    if (provider !== 'dgfip') t.strictSame(Object.keys(fields).sort(), [...scopes].sort(), name)
})
