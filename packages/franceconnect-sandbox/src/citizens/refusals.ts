import type { Citizen } from './citizen.ts'
import { citizen } from './register.ts'

const refused = (id: string, title: string, given: string, refusal: string, birthdate: string): Citizen =>
  citizen(id, { title, given: [given], family_name: 'REFUS', gender: 'male', birthdate, refusal })

/** People whose login ends on an error page: the civil register's refusals and incomplete identities. */
export const refusals: Citizen[] = [
  refused('E010004', 'Inconnu du registre (Y010004)', 'Albert', 'Y010004', '1950-01-01'),
  refused('E010006', 'Plusieurs personnes au registre (Y010006)', 'Bernard', 'Y010006', '1950-01-02'),
  refused('E010007', "Registre : demande d'identité refusée (Y010007)", 'Charles', 'Y010007', '1950-01-03'),
  refused('E010008', 'Registre : identité non rapprochée (Y010008)', 'Denis', 'Y010008', '1950-01-04'),
  refused('E010009', 'Registre en erreur (Y010009)', 'Ernest', 'Y010009', '1950-01-05'),
  refused('E010011', 'Registre trop lent (Y010011)', 'Firmin', 'Y010011', '1950-01-06'),
  refused('E010012', 'Registre injoignable (Y010012)', 'Georges', 'Y010012', '1950-01-07'),
  refused('E010013', 'Registre : réponse illisible (Y010013)', 'Henri', 'Y010013', '1950-01-08'),
  refused('E010015', 'Personne décédée (Y010015)', 'Isidore', 'Y010015', '1900-01-09'),
  refused(
    'compte_désactivé',
    'Accès FranceConnect désactivé par la personne (Y180001)',
    'Jules',
    'Y180001',
    '1960-01-10'
  ),
  refused('idp_bloqué', "Fournisseur d'identité bloqué par la personne (Y100011)", 'Louis', 'Y100011', '1960-01-11'),
  refused('sans_mail', 'Identité sans adresse électronique (Y600006)', 'Marcel', 'Y600006', '1960-01-12'),
  refused('sans_birthplace', 'Identité sans lieu de naissance (Y600006)', 'Norbert', 'Y600006', '1960-01-13'),
  refused('mois_00', 'Date de naissance invalide, 1977-00-03 (Y600006)', 'Octave', 'Y600006', '1977-00-03')
]
