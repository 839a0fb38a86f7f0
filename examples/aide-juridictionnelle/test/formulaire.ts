import t from 'tap'
import { lireSaisie, montant, verifier } from '../src/formulaire.ts'

const complete = {
  nom: 'Dubois',
  prenoms: 'Angela Claire',
  naissanceAnnee: '1962',
  naissanceLieu: 'Paris',
  personnes: '1',
  revenu: '12 500',
  patrimoineMobilier: '0',
  patrimoineImmobilier: '0',
  affaire: 'logement',
  resume: 'Dépôt de garantie.',
  courriel: 'angela@exemple.fr',
  honneur: 'oui'
}
const aLaMain = { identite: true, revenu: true }
const erreurs = (change: Record<string, unknown>, aFournir = aLaMain) =>
  Object.keys(verifier(lireSaisie({ ...complete, ...change }), aFournir).erreurs)

t.test('amounts as people type them', async (t) => {
  for (const texte of ['12500', '12 500', '12\u202f500 €', '12500,00', '12500.4'])
    t.equal(montant(texte), 12_500, texte)
  for (const texte of ['', 'abc', '-1', '1e9', '0x10', '12,345', '99999999999'])
    t.ok(Number.isNaN(montant(texte)), texte)
})

t.test('a complete form has no error, with or without the parts of the date that nobody knows', async (t) => {
  t.strictSame(erreurs({}), [])
  t.strictSame(erreurs({ naissanceJour: '24', naissanceMois: '8' }), [])
})

t.test('each missing answer has its own sentence', async (t) => {
  for (const champ of Object.keys(complete)) t.strictSame(erreurs({ [champ]: '' }), [champ], champ)
  t.strictSame(erreurs({ naissanceMois: '13' }), ['naissanceMois'])
  t.strictSame(erreurs({ naissanceJour: '32' }), ['naissanceJour'])
  t.strictSame(erreurs({ naissanceAnnee: '3000' }), ['naissanceAnnee'])
  t.strictSame(erreurs({ courriel: 'angela' }), ['courriel'])
  t.strictSame(erreurs({ quotientFamilial: 'beaucoup' }), ['quotientFamilial'])
})

t.test('what an administration certified is not asked', async (t) => {
  t.strictSame(
    erreurs(
      { nom: '', prenoms: '', naissanceAnnee: '', naissanceLieu: '', revenu: '' },
      { identite: false, revenu: false }
    ),
    []
  )
})

t.test('six months of income stand for a tax notice', async (t) => {
  t.strictSame(erreurs({ revenu: '', revenusSixMois: '4 000' }), [])
})

t.test('strange bodies are read as nothing typed', async (t) => {
  for (const corps of [null, undefined, 'texte', [], { nom: ['a', 'b'] }, { nom: { $ne: 1 } }, { nom: 3 }]) {
    t.equal(lireSaisie(corps).nom, '')
  }
  t.equal(lireSaisie({ resume: 'x'.repeat(5000) }).resume.length, 2000, 'and long ones are cut')
  t.strictSame(erreurs({ affaire: 'toString' }), ['affaire'])
})
