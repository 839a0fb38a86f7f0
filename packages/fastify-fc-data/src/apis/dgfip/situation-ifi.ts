import { catalogueApi } from '../api.ts'
import { fields, text } from '../fields.ts'
import { anneeDejaCommencee, annrev } from '../parameters.ts'
import { autresScopes, champsImpotParticulier, note404, noteScopes, scopesImpotParticulier } from './scopes.ts'

/** Indicateur IFI/ISF. Source: betagouv/api.gouv.fr@58a95fa5:public/swaggers/api-impot-particulier.json. */
export const situationIfi = catalogueApi({
  name: 'dgfip/situation-ifi',
  title: 'Indicateur IFI/ISF',
  producer: 'DGFiP',
  provider: 'dgfip',
  status: 'available',
  statusNote:
    'Open on DataPass in August 2026 with the FranceConnect modality; the public swagger last changed on 30 April 2024.',
  version: '1.0',
  path: '/impotparticulier/1.0/situations/ifiisf/assiettes/annrev/{annrev}',
  scopes: scopesImpotParticulier,
  otherScopes: autresScopes,
  fields: champsImpotParticulier,
  scopesRequired: true,
  params: annrev,
  rule: anneeDejaCommencee,
  data: fields({ indicateurIfiIsf: text }),
  dgfip: { oauthScope: 'RessourceIFI', accept: 'application/prs.dgfip.situations.ifiisf.assiettes.v1+json' },
  notes: [noteScopes, note404],
  sources: [
    'betagouv/api.gouv.fr@58a95fa5:public/swaggers/api-impot-particulier.json',
    'betagouv/api.gouv.fr:_data/api/impot-particulier.md (7 Nov 2024)',
    'etalab/data_pass@c3a17f12:config/authorization_definitions/dgfip.yml + dgfip_extensions/*'
  ]
})
