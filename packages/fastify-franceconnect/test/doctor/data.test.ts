import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { dataProblem } from '../../src/doctor/data-french.ts'
import { examine } from '../../src/doctor/examine.ts'
import { fromEnvironment } from '../../src/doctor/settings.ts'
import { codes, folder, offline, sound } from './settings.ts'

const ENGLISH = /\b(is|are|must|expected|unknown|known|the|not|names|needs|lists|required|without|with|which)\b/

/** The report on options of fastify-fc-data, beside a login that is right. */
function examined(fcData: Record<string, unknown>) {
  const { franceConnect } = fromEnvironment(sound) as { franceConnect: Record<string, unknown> }
  return examine({ source: 'test', production: false, franceConnect, fcData }, { offline: true, folder })
}

t.test('whatever fastify-fc-data refuses at boot is told in French', async (t) => {
  const options = new URL('../../../fastify-fc-data/src/options/', import.meta.url)
  const texts = readdirSync(options).map((name) => readFileSync(new URL(name, options), 'utf8'))
  const begins = /(['`])((?:is|must|names|needs|takes|lists) (?:(?!\1)[^\\]|\\.)+)\1/g
  const found = texts.flatMap((text) => [...text.matchAll(begins)].map(([, , sentence]) => sentence!))
  const sentences = found.map((sentence) => sentence.replace(/\$\{[^}]*\}/g, 'x')).filter((one) => one.includes(' '))
  t.ok(sentences.length > 25, `${sentences.length} sentences`)
  const elsewhere = /^is (announced|deprecated|not an API of the catalogue)|^is not a schema that can be read: x/
  for (const sentence of sentences.filter((one) => !elsewhere.test(one))) {
    const { problem = '', fix = '' } = dataProblem(sentence) ?? {}
    t.ok(problem, sentence)
    t.notMatch(`${problem} ${fix}`, ENGLISH, sentence)
  }
})

const QF = 'dss/quotient-familial'
const IR = 'dgfip/situation-ir'
const apiParticulier = { recipient: '13002526500013' }
const providers = { apiParticulier }
const own = { name: 'ville/solde', url: 'https://ville.example/solde', scopes: [] }
const mistakes: [what: string, fcData: Record<string, unknown>, told: RegExp][] = [
  ['no API', {}, /apis doit être un tableau/],
  ['a misspelt option', { apis: [QF], providers, prefecth: [] }, /prefecth est inconnue/],
  ['a misspelt member', { apis: [{ name: QF, scope: [] }], providers }, /quotient-familial » \(scope\) est inconnue/],
  ['no provider', { apis: [QF] }, /fournisseur apiParticulier manquent/],
  [
    'a SIRET with a wrong digit',
    { apis: [QF], providers: { apiParticulier: { recipient: '13002526500014' } } },
    /SIRET/
  ],
  [
    'an address in http',
    { apis: [QF], providers: { apiParticulier: { ...apiParticulier, baseUrl: 'http://a.fr' } } },
    /https/
  ],
  ['no scope of the DGFiP', { apis: [IR], providers }, /scopes\) manque : les scopes de la DGFiP/],
  ['no year', { apis: [{ name: IR, scopes: ['dgfip_rfr'] }], providers }, /au moins un scope dgfip_annee/],
  ['an empty list', { apis: [{ name: QF, scopes: [] }], providers }, /au moins un scope de votre habilitation/],
  ['twice', { apis: [QF, QF], providers }, /contient dss\/quotient-familial deux fois/],
  ['prefetch of another', { apis: [QF], providers, prefetch: ['dss/foyer-rsa'] }, /une API qui n’est pas dans apis/],
  ['prefetch without hold', { apis: [QF], providers, prefetch: [QF], hold: false }, /demande hold/],
  ['hold in words', { apis: [QF], providers, hold: '30 min' }, /nombre entier de secondes/],
  [
    'a store of functions that are not there',
    { apis: [QF], providers, store: {} },
    /doit avoir get\(\), set\(\), delete\(\)/
  ],
  ['a short secret', { apis: [QF], providers, secret: 'court' }, /32 caractères/],
  ['a time-out in words', { apis: [QF], providers, timeout: '15 s' }, /nombre entier de millisecondes/],
  ['onAccess', { apis: [QF], providers, onAccess: 'non' }, /onAccess doit être une fonction/],
  ['an API of one’s own, PUT', { apis: [{ ...own, method: 'PUT' }] }, /GET ou POST/],
  ['with a place that is not declared', { apis: [{ ...own, url: 'https://ville.example/{id}' }] }, /doit déclarer id/],
  ['with a wrong pattern', { apis: [{ ...own, data: { type: 'string', pattern: '(' } }] }, /expression régulière/],
  ['with a wrong type', { apis: [{ ...own, data: { type: 'entier' } }] }, /« entier », qui n’est pas un type/],
  ['with a name of the catalogue', { apis: [{ ...own, name: QF }] }, /est le nom d’une API du catalogue/]
]

t.test('each mistake by what it is, in French', async (t) => {
  for (const [what, fcData, expected] of mistakes) {
    const { findings } = await examined(fcData)
    const told = findings.filter(({ code }) => code === 'data-options-refused')
    t.ok(
      told.some(({ message }) => expected.test(message)),
      `${what}: ${told.map(({ message }) => message).join(' ')}`
    )
    for (const { message, fix = '' } of told) t.notMatch(`${message} ${fix}`, ENGLISH, what)
  }
})

t.test('the scopes of the data: those that DataPass does not offer, and what each login asks', async (t) => {
  const bourse = { name: 'cnous/etudiant-boursier', scopes: ['cnous_statut_bourse', 'cnous_identte'] }
  const found = await examined({ apis: [QF, bourse, 'gip-mds/service-civique'], providers })
  const told = (code: string) => found.findings.filter((finding) => finding.code === code)
  t.match(told('scope-not-offered'), [{ level: 'warning', message: /cnous_statut_bourse .*\(vu le 06\/08\/2026\)/ }])
  t.match(told('scope-unlisted'), [{ message: /cnous_identte/, fix: /cnous_identite/ }])
  t.match(told('scope-none'), [{ message: /gip-mds\/service-civique/ }])
  const all = async (...apis: unknown[]) =>
    (await examined({ apis, providers })).findings.map(({ message }) => message).join('\n')
  t.notMatch(await all('cnous/etudiant-boursier'), /cnous_statut_bourse/, 'what is in no default is not asked')
  const asked = await all(QF, { name: 'dss/prime-activite', atLogin: false })
  t.match(asked, /Scopes demandés à chaque connexion : .*cnaf_quotient_familial/)
  t.notMatch(asked, /prime_activite/)
})

t.test('variables alone: the scopes of the data were not read, and that is said', async (t) => {
  const report = await offline()
  t.ok(codes(report, 'info').includes('data-unread'))
  t.notOk(codes(await examined({ apis: [QF], providers }), 'info').includes('data-unread'))
})
