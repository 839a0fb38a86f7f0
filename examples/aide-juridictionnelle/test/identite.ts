import t from 'tap'
import { identiteCertifiee } from '../src/identite.ts'
import { lieuDeNaissance } from '../src/lieux.ts'

type Recu = Parameters<typeof identiteCertifiee>[0]

const lignes = (userInfo: Partial<Recu['userInfo']>) =>
  Object.fromEntries(identiteCertifiee({ userInfo: { sub: 's', ...userInfo }, loggedInAt: new Date() }).lignes)

t.test('dates whose parts the civil register does not know', async (t) => {
  t.equal(lignes({ birthdate: '1962-08-24' })['Date de naissance'], '24 août 1962')
  t.equal(lignes({ birthdate: '1962-08-01' })['Date de naissance'], '1er août 1962')
  t.equal(lignes({ birthdate: '1992-11-00' })['Date de naissance'], 'novembre 1992')
  t.equal(lignes({ birthdate: '1992-00-00' })['Date de naissance'], '1992')
  t.notHas(lignes({}), 'Date de naissance')
})

t.test('places from INSEE codes', async (t) => {
  t.equal(lieuDeNaissance({ birthplace: '75107', birthcountry: '99100' }), 'Paris 7e Arrondissement')
  t.equal(lieuDeNaissance({ birthplace: '2A004', birthcountry: '99100' }), 'Ajaccio')
  t.equal(lieuDeNaissance({ birthplace: '98729', birthcountry: '99100' }), 'Moorea-Maiao')
  t.equal(lieuDeNaissance({ birthplace: '', birthcountry: '99352' }), 'à l’étranger (Algérie)')
  t.equal(lieuDeNaissance({ birthplace: undefined, birthcountry: '99999' }), 'à l’étranger (pays de code INSEE 99999)')
  t.equal(lieuDeNaissance({ birthplace: '00000', birthcountry: '99100' }), 'commune de code INSEE 00000')
  t.equal(lieuDeNaissance({ birthplace: '', birthcountry: '99100' }), 'France')
  t.equal(lieuDeNaissance({ birthplace: undefined, birthcountry: undefined }), 'non communiqué')
})

t.test('the usual name is the one that the page greets with', async (t) => {
  const login = {
    userInfo: { sub: 's', given_name: 'Pierre Marie', family_name: 'MERCIER', preferred_username: 'DUBOIS' },
    loggedInAt: new Date()
  }
  t.equal(identiteCertifiee(login).nomAffiche, 'Pierre DUBOIS')
})
