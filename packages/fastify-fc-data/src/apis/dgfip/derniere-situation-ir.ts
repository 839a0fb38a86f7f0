import { catalogueApi } from '../api.ts'
import { fields, integer } from '../fields.ts'
import { anneeDejaCommencee, annrev } from '../parameters.ts'
import { assiettesIr } from './assiettes-ir.ts'
import { autresScopes, champsImpotParticulier, note404, noteScopes, scopesImpotParticulier } from './scopes.ts'

/** Dernière situation IR d'un millésime. Source: betagouv/api.gouv.fr@58a95fa5:public/swaggers/api-impot-particulier.json. */
export const derniereSituationIr = catalogueApi({
  name: 'dgfip/derniere-situation-ir',
  title: `Dernière situation IR d'un millésime`,
  producer: 'DGFiP',
  provider: 'dgfip',
  status: 'available',
  statusNote:
    'Open on DataPass in August 2026 with the FranceConnect modality; the public swagger last changed on 30 April 2024.',
  version: '1.0',
  path: '/impotparticulier/1.0/dernieresituation/ir/assiettes/annrev/{annrev}',
  scopes: scopesImpotParticulier,
  otherScopes: autresScopes,
  fields: champsImpotParticulier,
  scopesRequired: true,
  params: annrev,
  rule: anneeDejaCommencee,
  data: fields({ annRevenu: integer, ...assiettesIr }),
  dgfip: {
    oauthScope: 'RessourceIRDerniere',
    accept: 'application/prs.dgfip.part.derniere.situations.ir.assiettes.v1+json'
  },
  notes: [noteScopes, note404],
  sources: [
    'betagouv/api.gouv.fr@58a95fa5:public/swaggers/api-impot-particulier.json',
    'betagouv/api.gouv.fr:_data/api/impot-particulier.md (7 Nov 2024)',
    'etalab/data_pass@c3a17f12:config/authorization_definitions/dgfip.yml + dgfip_extensions/*'
  ]
})
