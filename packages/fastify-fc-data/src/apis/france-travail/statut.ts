import { catalogueApi } from '../api.ts'
import { fields, noParameters, text } from '../fields.ts'

/** Statut demandeur d'emploi (statut augmenté) FranceConnecté. Source: betagouv/api.gouv.fr@430a0641:_data/guides/documentation-api-statut-pole-emploi.md (removed c6468a03, 7 Jan 2026). */
export const statut = catalogueApi({
  name: 'france-travail/statut',
  title: `Statut demandeur d'emploi (statut augmenté) FranceConnecté`,
  producer: 'France Travail',
  provider: 'franceTravail',
  status: 'uncertain',
  statusNote:
    'API Particulier’s guide still says in April 2026 that it is FranceConnected; its newest page on data.gouv.fr no longer speaks of FranceConnect (read on 26 November 2026): confirm with France Travail first.',
  version: 'v1',
  path: '/partenaire/fc-statutaugmente/v1/statut',
  scopes: ['api_fc-statutaugmentev1'],
  fields: { 'api_fc-statutaugmentev1': 'the whole answer' },
  params: noParameters,
  data: fields({
    etatCivil: fields({
      civilite: text,
      nom: text,
      nomUsage: text,
      prenom: text,
      sexe: text,
      dateNaissance: text,
      codeCertificationCNAV: text
    }),
    modalitesContact: fields({ telephone: text, telephone2: text, email: text, codeValiditeEmail: text }),
    adresse: fields({
      ligneNom: text,
      ligneComplementDestinataire: text,
      ligneComplementAdresse: text,
      ligneVoie: text,
      ligneComplementDistribution: text,
      codePostal: text,
      localite: text,
      inseecommune: text
    }),
    situationInscription: fields({
      dateInscription: text,
      dateCessationInscription: text,
      categorieInscription: text,
      libellecategorieInscription: text
    })
  }),
  notes: ['no error is documented: a 404 in JSON is read as "not registered"', 'camelCase, no envelope'],
  sources: [
    'betagouv/api.gouv.fr@430a0641:_data/guides/documentation-api-statut-pole-emploi.md (removed c6468a03, 7 Jan 2026)',
    'datagouv/apistration@b96c7219:site/.../cas_usages_entries.fr.yml',
    'data.gouv.fr/dataservices/api-statut-demandeur-demploi (search excerpt)'
  ]
})
