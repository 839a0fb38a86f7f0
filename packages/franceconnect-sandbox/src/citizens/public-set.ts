import type { Citizen, Identity } from './citizen.ts'
import { citizen } from './register.ts'

const genders: Record<string, Identity['gender']> = { f: 'female', m: 'male', u: 'unspecified' }

/** Somebody of FranceConnect's test set: birth name and usual name, first names, where born, e-mail. */
function known(id: string, title: string, who: string, born: string, email: string): Citizen {
  const [gender = '', family_name = '', preferred_username = '', ...given] = who.split('|')
  const [birthdate = '', birthplace = '', birthcountry = '99100'] = born.split(' ')
  const usual = preferred_username && { preferred_username }
  const place = birthplace === '-' ? '' : birthplace
  return citizen(id, {
    title,
    gender: genders[gender]!,
    family_name,
    ...usual,
    given,
    birthdate,
    birthplace: place,
    birthcountry,
    email
  })
}

/**
 * The logins of FranceConnect's public test set, with what its identity providers and civil register say of each
 * (partner documentation, test identities). The titles are ours.
 */
export const publicSet: Citizen[] = [
  known(
    'test',
    'Trois prénoms, un dossier chez chaque fournisseur de données',
    'f|DUBOIS||Angela|Claire|Louise',
    '1962-08-24 75107',
    'wossewodda-3728@yopmail.com'
  ),
  known(
    'avec_nom_dusage',
    "Porte un nom d'usage ; couple, deux déclarants",
    'm|MERCIER|DUBOIS|Pierre',
    '1969-03-17 95277',
    'ymmyffarapp-1777@yopmail.com'
  ),
  known(
    'nom_composé',
    'Nom de naissance composé',
    'f|TROIS-DUPRE||Melissandre|Juliette',
    '1981-07-27 13012',
    'imyllommo-2736@yopmail.com'
  ),
  known(
    'nom_50+_caractères',
    'Nom de naissance de 52 caractères',
    'm|AZERTYUIOPMLKJHGFDSQWXCVBNAZERTYUIOPMLKJHGFDSQWXCVBN||Bertrand|Cyril',
    '2000-03-01 75119',
    'cyxoxudaj-2393@yopmail.com'
  ),
  known(
    'nom_prénom_long',
    'Nom et prénoms longs',
    'm|DELALALALANDE||Emmanuel|Alexandre|Nicolas',
    '1991-01-07 75101',
    'holisadduppe-5969@yopmail.com'
  ),
  known('sans_nom_dusage', "Sans nom d'usage", 'm|DUPONT||Paul|Louis', '1962-08-24 75107', 'etabage-0159@yopmail.com'),
  known(
    'plusieurs_prénoms_2',
    'Deux prénoms',
    'm|HOCHON||Valentin|Emmanuel',
    '1955-01-01 69674',
    'lippizucis-4803@yopmail.com'
  ),
  known(
    'plusieurs_prénoms_3',
    'Trois prénoms ; famille avec trois enfants',
    'm|DUBIGNOT||Jean|Philippe|Arnaud',
    '1943-06-15 75109',
    'ecuhebup-9337@yopmail.com'
  ),
  known(
    'prénom_composé',
    'Prénom composé ; seule, sans revenu',
    'f|HUCHE||Anne-Laure',
    '1945-09-30 31555',
    'owallottim-1136@yopmail.com'
  ),
  known(
    'caractères_spéciaux',
    'Accents et tréma',
    'f|DUBINÔRE||Joëlle|Françoise',
    '1992-08-15 75117',
    'effannopiq-4009@yopmail.com'
  ),
  known(
    'carac_speciaux',
    'Ligatures et accents, née en Corse',
    'f|DURANTéàèùòœæŒÆ||JulieéàèùòœæŒÆ',
    '1972-06-14 2B002',
    'test@yopmail.com'
  ),
  citizen('moins_16_ans', {
    title: 'Moins de seize ans',
    given: ['Lina'],
    family_name: 'PETIT',
    gender: 'female',
    birthdate: '2012-04-18',
    birthplace: '59350'
  }),
  known(
    'moins_18_ans',
    'Moins de dix-huit ans',
    'f|CHAMPION||Alice|Juliette',
    '2010-11-02 44109',
    'tonegellaf-0100@yopmail.com'
  ),
  known(
    'moins_25_ans',
    'Moins de trente ans',
    'm|CUILLERE||Paul',
    '1998-01-23 42218',
    'minnannuxammi-4532@yopmail.com'
  ),
  known('dsnj_un', 'Service national : 18 ans en 2026', 'm|TEST||Un', '2008-08-24 75107', 'un-dsnj@yopmail.com'),
  known('dsnj_deux', 'Service national : 17 ans en 2026', 'f|TEST||Deux', '2009-09-24 18033', 'deux-dsnj@yopmail.com'),
  known(
    'genre_indéfini',
    'Sexe non précisé',
    'u|LAFORGE||Camille',
    '1954-08-07 75119',
    'xagreureufadda-6730@yopmail.com'
  ),
  known(
    'test_CORSE_2A',
    'Né en Corse, commune 2A004 ; en retard sur sa déclaration de revenus',
    'm|Brosse|Mario|Mario',
    '1981-02-03 2A004',
    'mario.brosse@france.fr'
  ),
  known(
    'test_CORSE_2B',
    'Né en Corse, commune 2B050',
    'm|Brosse|Luigi|Luigi',
    '1981-02-03 2B050',
    'luigi.brosse@france.fr'
  ),
  known(
    'naissance_Algérie',
    "Né à l'étranger, sans commune de naissance ; parent isolé",
    'm|MARTIN||Vincent|Guillaume',
    '1963-12-05 - 99352',
    'senossammab-2430@yopmail.com'
  ),
  known('naissance_Maroc', 'Née au Maroc', 'f|GODIN||Ermengardi', '1985-09-05 - 99350', 'ammixaffa-0022@yopmail.com'),
  known(
    'naissance_Portugal',
    'Né au Portugal',
    'm|SÉGUIN||Henry',
    '1955-06-19 - 99139',
    'sanellaffilu-1962@yopmail.com'
  ),
  known(
    'naissance_Belgique',
    "Né en Belgique, porte un nom d'usage",
    'm|LAPRISE|DULIN|Saber',
    '1946-08-17 - 99131',
    'cynnepovaz-0031@yopmail.com'
  ),
  known(
    'naissance_Espagne',
    "Née en Espagne, porte un nom d'usage",
    'f|CHEVAL|POULAIN|Marphisa',
    '1982-02-24 - 99134',
    'yttenneje-5416@yopmail.com'
  ),
  known(
    'naissance_Italie',
    'Né en Italie, trois prénoms',
    'm|LIVRE||Julien|Bernard|Pierre',
    '1984-01-23 - 99127',
    'inaqyzome-0621@yopmail.com'
  ),
  known(
    'naissance_etranger_birthplace_cog',
    "Né à l'étranger, un code comme lieu de naissance",
    'm|ALGER||Vincent',
    '1963-12-05 90900 99352',
    'didejuttoja-8426@yopmail.com'
  ),
  known(
    'naissance_etranger_birthplace_texte',
    "Née à l'étranger, un nom de ville comme lieu de naissance",
    'f|ALGERIE||Alia',
    '1963-12-05 Alger 99352',
    'xagreureufadda-6730@yopmail.com'
  ),
  known(
    'étranger_présumé_né_jour',
    'Date de naissance présumée, jour inconnu',
    'm|FLEURET||Jean',
    '1992-11-00 - 99217',
    'jean-fleuret@yopmail.com'
  ),
  known(
    'étranger_présumé_né_jour_et_mois',
    'Date de naissance présumée, jour et mois inconnus',
    'm|TARGE||Jean',
    '1992-00-00 - 99217',
    'jean-targe@yopmail.com'
  ),
  known(
    'naissance_polynesie_française',
    'Né en Polynésie française, commune 98729',
    'm|REVEIL||Titouan',
    '1998-06-18 98729',
    'nesspolynesie@yopmail.com'
  ),
  known(
    'naissance_wallis_futuna',
    'Né à Wallis-et-Futuna, commune 98611',
    'm|Fleury||Fabien',
    '1972-06-14 98611',
    'ijujasa-5293@yopmail.com'
  ),
  known(
    'prénom_composé_avec_espace',
    'Un seul prénom, composé',
    'm|Martin|Martin|Jean_PrénomComposéAvecEspace',
    '1962-08-24 75107',
    'multiPrenom@france.fr'
  ),
  known('sans_telephone', 'Sans téléphone', 'm|MEUNIER|MEUNIER|Hugo', '1990-12-19 75119', 'sans_tel@test.fr')
]
