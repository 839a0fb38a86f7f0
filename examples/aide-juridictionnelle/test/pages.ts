import t from 'tap'
import { lireSaisie, verifier } from '../src/formulaire.ts'
import { pageDemande } from '../src/pages/demande.ts'
import { pageIncident } from '../src/pages/incident.ts'
import { preremplir } from '../src/preremplissage.ts'

const piege = '"><script>alert(1)</script>'

t.test('whatever a citizen types or an administration sends is text, never markup', async (t) => {
  const saisie = { ...lireSaisie({}) }
  for (const champ of Object.keys(saisie) as (keyof typeof saisie)[]) saisie[champ] = piege
  const recueLe = new Date()
  const page = pageDemande({
    etat: { saisie, erreurs: verifier(saisie, { identite: true, revenu: true }).erreurs },
    identite: { nomAffiche: piege, recueLe, lignes: [['Prénoms', piege]] },
    lectures: { impots: { etat: 'indisponible', explication: piege }, famille: { etat: 'absente' } },
    prerempli: { ...preremplir(null), impots: [[piege, piege]], sourceFamille: piege },
    message: ''
  })
  t.notMatch(page, '<script')
  t.match(page, '&#60;script&#62;')
  const incident = pageIncident({ titre: piege, explication: piege, suites: [{ libelle: piege, adresse: piege }] })
  t.notMatch(incident, '<script')
})

t.test('an incomplete form says it in its title, and links to each field', async (t) => {
  const saisie = lireSaisie({})
  const { erreurs } = verifier(saisie, { identite: true, revenu: true })
  const page = pageDemande({
    etat: { saisie, erreurs },
    identite: null,
    lectures: null,
    prerempli: preremplir(null),
    message: ''
  })
  t.match(page, '<title>Erreur')
  for (const champ of Object.keys(erreurs)) {
    t.match(page, `href="#${champ}"`)
    t.match(page, `id="${champ}"`)
  }
})
