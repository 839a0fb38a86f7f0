import type { FastifyRequest } from 'fastify'
import t from 'tap'
import { Type } from 'typebox'
import { defineApi, otherScope } from '../src/apis/api.ts'
import type { FcDataName, FcDataResult } from '../src/apis/registry.ts'
import type { FcDataOptions } from '../src/options/options.ts'

const soldeCantine = defineApi({
  name: 'ville/solde-cantine',
  url: 'https://api.ville.example/solde',
  scopes: ['ville_solde'],
  params: Type.Object({ mois: Type.Integer() }),
  data: Type.Object({ solde: Type.Number() })
})
const mayHaveNothing = defineApi({
  name: 'ville/rien',
  url: 'https://api.ville.example/rien',
  scopes: [],
  data: Type.Object({ solde: Type.Number() }),
  provider: { name: 'ville', headers: () => ({}), nothing: (status) => status === 204 }
})
const jsonSchema = defineApi({
  name: 'ville/ecoles',
  url: 'https://api.ville.example/ecoles/{ecole}',
  scopes: [],
  params: {
    type: 'object',
    properties: { ecole: { type: 'string' }, mois: { type: 'integer' } },
    required: ['ecole']
  },
  data: {
    type: 'object',
    properties: { solde: { type: 'number' }, jours: { type: 'array', items: { enum: ['lundi', 'mardi'] } } },
    required: ['solde']
  }
})
const brut = defineApi({ name: 'ville/brut', url: 'https://api.ville.example/brut', scopes: [] })

declare module 'fastify-fc-data' {
  interface FcDataRegistry {
    'ville/solde-cantine': typeof soldeCantine
    'ville/parking': { places: number }
  }
}

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Same<A, B>) => undefined

/** Never run: the compiler reads it, and every line that must not compile says so. */
export async function compiled(request: FastifyRequest): Promise<void> {
  const { data, meta } = await request.fcData('dss/quotient-familial')
  same<typeof meta.held, boolean>(true)
  same<NonNullable<NonNullable<typeof data>['quotient_familial']>['valeur'], number | undefined>(true)
  // @ts-expect-error API Particulier may have nothing on this citizen
  data.quotient_familial
  // @ts-expect-error a field that does not exist
  data?.quotient
  // @ts-expect-error a misspelt name
  await request.fcData('dss/quotient-familal')
  await request.fcData('dss/quotient-familial', { annee: 2026, mois: 1 }, { fresh: true })
  // @ts-expect-error an unknown parameter
  await request.fcData('dss/quotient-familial', { year: 2026 })

  const ir = await request.fcData('dgfip/situation-ir', { annrev: 2025 })
  same<NonNullable<typeof ir.data>['rfr'], number | undefined>(true)
  // @ts-expect-error the DGFiP may have no tax file
  ir.data.rfr
  // @ts-expect-error a required parameter is missing
  await request.fcData('dgfip/situation-ir')
  // @ts-expect-error it is a number
  await request.fcData('dgfip/situation-ir', { annrev: '2025' })
  // @ts-expect-error the year is not the only thing that may be missing
  await request.fcData('dgfip/situation-ir', {})

  const droits = await request.fcData('cnam/droits-beneficiaires')
  same<NonNullable<typeof droits.data>[number]['nir'], string | undefined>(true)

  const solde = await request.fcData('ville/solde-cantine', { mois: 1 })
  same<typeof solde.data.solde, number>(true)
  const again = await request.fcData(soldeCantine, { mois: 1 })
  same<typeof again.data.solde, number>(true)
  // @ts-expect-error a required parameter of one’s own API
  await request.fcData(soldeCantine)
  const parking = await request.fcData('ville/parking', { zone: 'A' })
  same<typeof parking.data.places, number>(true)
  const ecole = await request.fcData(jsonSchema, { ecole: 'Jean-Jaurès', mois: 1 })
  same<typeof ecole.data.solde, number>(true)
  same<typeof ecole.data.jours, ('lundi' | 'mardi')[] | undefined>(true)
  // @ts-expect-error a required parameter of a schema in JSON
  await request.fcData(jsonSchema, { mois: 1 })
  // @ts-expect-error it is a whole number
  await request.fcData(jsonSchema, { ecole: 'Jean-Jaurès', mois: '1' })
  // @ts-expect-error a member that its schema does not name
  ecole.data.repas
  const raw = await request.fcData(brut)
  same<typeof raw.data, unknown>(true)

  same<typeof meta.leftOut, readonly string[] | undefined>(true)
  same<(typeof meta.envelope)['identity_matching'], unknown>(true)
  // @ts-expect-error a misspelt member of meta
  meta.recievedAt
  // @ts-expect-error what a provider's envelope adds is under envelope
  meta.identity_matching
  // @ts-expect-error a member of another API
  data?.mois
  const rien = await request.fcData(mayHaveNothing)
  same<typeof rien.data, { solde: number } | null>(true)

  request.server.fcData.require('dgfip/situation-ir', { annrev: 2025 })
  request.server.fcData.require('dgfip/situation-ir', (asked) => ({ annrev: Number(asked.id) }))
  // @ts-expect-error a misspelt name
  request.server.fcData.require('dgfip/situation')
  const name: FcDataName = 'cnous/etudiant-boursier@v4'
  same<FcDataResult<typeof name>['meta']['api'], string>(true)
}

/** Options that compile, and the ones that must not. */
export const listed: FcDataOptions['apis'] = [
  { name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial', 'cnaf_enfants'] },
  { name: 'mesri/statut-etudiant', scopes: ['mesri_admission_etablissement_etude'] },
  { name: 'dgfip/situation-ir', scopes: ['dgfip_annee_n_moins_1', 'dgfip_rbg'] },
  { name: 'dss/quotient-familial', scopes: [otherScope('cnaf_nouveau')] },
  'cnous/etudiant-boursier@v4',
  // @ts-expect-error a misspelt scope
  { name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familal'] },
  // @ts-expect-error a scope of another API
  { name: 'dss/quotient-familial', scopes: ['dgfip_rfr'] },
  // @ts-expect-error a misspelt name
  { name: 'dss/quotient-familal' },
  // @ts-expect-error a misspelt member
  { name: 'dss/quotient-familial', scope: ['cnaf_quotient_familial'] }
]

t.test('the types are read by the compiler', async (t) => {
  t.equal(typeof compiled, 'function')
})
