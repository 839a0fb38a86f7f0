import type { Citizen } from './citizen.ts'
import { citizen } from './register.ts'

/** People added for what the data providers know, or do not know, of them. */
export const situations: Citizen[] = [
  citizen('étudiante_boursière', {
    title: 'Étudiante boursière',
    given: ['Manon', 'Inès'],
    family_name: 'GIRARD',
    gender: 'female',
    birthdate: '2004-05-23',
    birthplace: '38185'
  }),
  citizen('sans_dossier', {
    title: "Aucun fournisseur de données n'a de dossier à ce nom",
    given: ['Victor'],
    family_name: 'CARON',
    gender: 'male',
    birthdate: '1997-12-12',
    birthplace: '44109'
  }),
  citizen('identité_divergente', {
    title: "Le fournisseur d'identité et le registre n'écrivent pas le nom de la même façon",
    given: ['Sylvie'],
    family_name: 'Brosse',
    gender: 'female',
    birthdate: '1971-01-05',
    birthplace: '63113'
  })
]
