import type { Citizen } from './citizen.ts'
import { citizen } from './register.ts'

const registerRefuses = (id: string, title: string, refusal = id.replace('E', 'Y')): Citizen =>
  citizen(id, {
    title: `${title} (${refusal})`,
    given: [`Jean_${id}`],
    family_name: 'Martin',
    preferred_username: 'Martin',
    gender: 'male',
    birthdate: '1981-02-03',
    birthplace: '75112',
    email: `jean_${id}.martin@france.fr`,
    refusal
  })

/** An identity that FranceConnect does not take from an identity provider: its page is Y600006. */
const incomplete = (id: string, title: string, described: Partial<Parameters<typeof citizen>[1]>): Citizen =>
  citizen(id, {
    title: `${title} (Y600006)`,
    given: ['Octave'],
    family_name: 'REFUS',
    gender: 'male',
    birthdate: '1960-01-12',
    refusal: 'Y600006',
    ...described
  })

/** People whose login ends on an error page: the civil register's refusals and incomplete identities. */
export const refusals: Citizen[] = [
  registerRefuses('E010004', 'Registre : un écho trop éloigné'),
  registerRefuses('E010006', 'Registre : plusieurs personnes'),
  registerRefuses('E010007', "Registre : trouvé par le seul nom d'usage"),
  registerRefuses('E010008', 'Inconnu du registre'),
  registerRefuses('E010009', 'Registre : demande rejetée'),
  registerRefuses('E010011', 'Registre trop lent'),
  registerRefuses('E010012', 'Registre injoignable'),
  registerRefuses('E010013', 'Registre : réponse illisible'),
  registerRefuses('E010099', 'Registre : réponse inconnue', 'Y010013'),
  registerRefuses('E010015', 'Personne décédée'),
  registerRefuses('E010016', 'Personne décédée, selon une autre réponse du registre', 'Y010015'),
  registerRefuses('Y180001', 'Accès FranceConnect désactivé par la personne'),
  citizen('Désactivé', {
    title: 'Accès FranceConnect désactivé par la personne (Y180001)',
    given: ['Mélodie'],
    family_name: 'DUPLANTY',
    gender: 'female',
    birthdate: '1962-08-24',
    email: 'duplanty.test@gmail.com',
    refusal: 'Y180001'
  }),
  citizen('compte_désactivé', {
    title: 'Accès FranceConnect désactivé par la personne (Y180001)',
    given: ['Jules'],
    family_name: 'REFUS',
    gender: 'male',
    birthdate: '1960-01-10',
    refusal: 'Y180001'
  }),
  citizen('idp_bloqué', {
    title: "Fournisseur d'identité bloqué par la personne (Y100011)",
    given: ['Louis'],
    family_name: 'REFUS',
    gender: 'male',
    birthdate: '1960-01-11',
    refusal: 'Y100011'
  }),
  incomplete('sans_mail', 'Identité sans adresse électronique', {
    given: ['Amandine'],
    family_name: 'DUFOUR',
    preferred_username: 'DUFOUR',
    gender: 'female',
    birthdate: '1989-03-02',
    birthplace: '75119',
    email: ''
  }),
  incomplete('sans_mail_sans_tel', 'Identité sans adresse électronique ni téléphone', {
    given: ['Eva'],
    family_name: 'DUPAIN',
    preferred_username: 'DUPAIN',
    gender: 'female',
    birthdate: '1990-12-06',
    birthplace: '75119',
    email: ''
  }),
  incomplete('sans_birthplace', 'Identité sans lieu de naissance', {
    given: ['Rémi'],
    family_name: 'SAVIGNY',
    birthdate: '1975-11-16',
    birthplace: '',
    email: 'coimmettawawo-7344@yopmail.com'
  }),
  incomplete('test_INVALID_COG', 'Lieu de naissance qui n’est pas un code de commune', {
    given: ['Canapé'],
    family_name: 'Sofa',
    preferred_username: 'Canapé',
    birthdate: '1981-02-03',
    birthplace: 'AAAAA',
    email: 'canape.sofa@france.fr'
  }),
  incomplete('mois_00', 'Date de naissance invalide, 1977-00-03', { birthdate: '1977-00-03' })
]
