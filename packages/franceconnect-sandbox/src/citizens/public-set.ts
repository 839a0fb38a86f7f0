import type { Citizen } from './citizen.ts'
import { citizen } from './register.ts'

/** The logins of FranceConnect's public test set (partner documentation, test identities), with its edge cases. */
export const publicSet: Citizen[] = [
  citizen('test', {
    title: 'Trois prénoms, un dossier chez chaque fournisseur de données',
    given: ['Angela', 'Claire', 'Louise'],
    family_name: 'DUBOIS',
    gender: 'female',
    birthdate: '1962-08-24',
    email: 'wossewodda-3728@yopmail.com'
  }),
  citizen('avec_nom_dusage', {
    title: "Porte un nom d'usage ; couple, deux déclarants",
    given: ['Pierre'],
    family_name: 'MERCIER',
    preferred_username: 'DUBOIS',
    gender: 'male',
    birthdate: '1969-03-17',
    birthplace: '95277'
  }),
  citizen('nom_composé', {
    title: 'Nom de naissance composé',
    given: ['Édith'],
    family_name: 'LE GOFF-MARTIN',
    gender: 'female',
    birthdate: '1981-07-27',
    birthplace: '29019'
  }),
  citizen('plusieurs_prénoms_2', {
    title: 'Deux prénoms',
    given: ['Camille', 'Aude'],
    family_name: 'LEROUX',
    gender: 'female',
    birthdate: '1987-12-06',
    birthplace: '35238'
  }),
  citizen('plusieurs_prénoms_3', {
    title: 'Trois prénoms ; famille avec trois enfants',
    given: ['Jean', 'Philippe', 'Arnaud'],
    family_name: 'MOREAU',
    gender: 'male',
    birthdate: '1979-05-11',
    birthplace: '69123'
  }),
  citizen('prénom_composé', {
    title: 'Prénom composé ; célibataire sans revenu',
    given: ['Jean-Baptiste'],
    family_name: 'GARNIER',
    gender: 'male',
    birthdate: '1994-02-02',
    birthplace: '33063'
  }),
  citizen('caractères_spéciaux', {
    title: 'Accents, apostrophe et cédille',
    given: ['Françoise', 'Zoë'],
    family_name: "D'ÀÇÛÏÑO",
    gender: 'female',
    birthdate: '1958-10-30',
    birthplace: '64102'
  }),
  citizen('moins_16_ans', {
    title: 'Moins de seize ans',
    given: ['Lina'],
    family_name: 'PETIT',
    gender: 'female',
    birthdate: '2012-04-18',
    birthplace: '59350'
  }),
  citizen('moins_18_ans', {
    title: 'Moins de dix-huit ans',
    given: ['Nathan'],
    family_name: 'ROUSSEL',
    gender: 'male',
    birthdate: '2009-09-09',
    birthplace: '13055'
  }),
  citizen('genre_indéfini', {
    title: 'Sexe non précisé',
    given: ['Alix'],
    family_name: 'FABRE',
    gender: 'unspecified',
    birthdate: '1990-01-21',
    birthplace: '31555'
  }),
  citizen('test_CORSE_2A', {
    title: 'Né en Corse, commune 2A004',
    given: ['Ange'],
    family_name: 'PAOLI',
    gender: 'male',
    birthdate: '1974-06-15',
    birthplace: '2A004'
  }),
  citizen('naissance_Algérie', {
    title: "Née à l'étranger, sans commune de naissance",
    given: ['Yasmina'],
    family_name: 'BENALI',
    gender: 'female',
    birthdate: '1975-11-03',
    birthplace: '',
    birthcountry: '99352'
  }),
  citizen('naissance_etranger_birthplace_cog', {
    title: "Né à l'étranger, un code comme lieu de naissance",
    given: ['Karim'],
    family_name: 'HADDAD',
    gender: 'male',
    birthdate: '1983-08-08',
    birthplace: '90900',
    birthcountry: '99352'
  }),
  citizen('naissance_etranger_birthplace_texte', {
    title: "Née à l'étranger, un nom de ville comme lieu de naissance",
    given: ['Nadia'],
    family_name: 'CHERIF',
    gender: 'female',
    birthdate: '1986-03-29',
    birthplace: 'Alger',
    birthcountry: '99352'
  }),
  citizen('étranger_présumé_né_jour', {
    title: 'Date de naissance présumée, jour inconnu',
    given: ['Ahmad'],
    family_name: 'RAHIMI',
    gender: 'male',
    birthdate: '1992-11-00',
    birthplace: '',
    birthcountry: '99217'
  }),
  citizen('étranger_présumé_né_jour_et_mois', {
    title: 'Date de naissance présumée, jour et mois inconnus',
    given: ['Zohra'],
    family_name: 'AHMADI',
    gender: 'female',
    birthdate: '1992-00-00',
    birthplace: '',
    birthcountry: '99217'
  }),
  citizen('naissance_polynesie_française', {
    title: 'Née en Polynésie française, commune 98729',
    given: ['Hina'],
    family_name: 'TEIHOTAATA',
    gender: 'female',
    birthdate: '1988-02-14',
    birthplace: '98729'
  })
]
