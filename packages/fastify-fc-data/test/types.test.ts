import type { FastifyRequest } from 'fastify'
import t from 'tap'
import { Type } from 'typebox'
import { defineApi } from '../src/api.ts'
import type { FcDataName, FcDataResult } from '../src/registry.ts'

const soldeCantine = defineApi({
  name: 'ville/solde-cantine',
  url: 'https://api.ville.example/solde',
  scopes: ['ville_solde'],
  params: Type.Object({ mois: Type.Integer() }),
  data: Type.Object({ solde: Type.Number() })
})
const brut = defineApi({ name: 'ville/brut', url: 'https://api.ville.example/brut', scopes: [] })

declare module '../src/registry.ts' {
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
  same<typeof ir.data.rfr, number | undefined>(true)
  // @ts-expect-error a required parameter is missing
  await request.fcData('dgfip/situation-ir')
  // @ts-expect-error it is a number
  await request.fcData('dgfip/situation-ir', { annrev: '2025' })
  // @ts-expect-error the year is not the only thing that may be missing
  await request.fcData('dgfip/situation-ir', {})

  const droits = await request.fcData('cnam/droits-beneficiaires')
  same<(typeof droits.data)[number]['nir'], string | undefined>(true)

  const solde = await request.fcData('ville/solde-cantine', { mois: 1 })
  same<typeof solde.data.solde, number>(true)
  const again = await request.fcData(soldeCantine, { mois: 1 })
  same<typeof again.data.solde, number>(true)
  // @ts-expect-error a required parameter of one’s own API
  await request.fcData(soldeCantine)
  const parking = await request.fcData('ville/parking', { zone: 'A' })
  same<typeof parking.data.places, number>(true)
  const raw = await request.fcData(brut)
  same<typeof raw.data, unknown>(true)

  request.server.fcData.require('dgfip/situation-ir', { annrev: 2025 })
  request.server.fcData.require('dgfip/situation-ir', (asked) => ({ annrev: Number(asked.id) }))
  // @ts-expect-error a misspelt name
  request.server.fcData.require('dgfip/situation')
  const name: FcDataName = 'cnous/etudiant-boursier@v4'
  same<FcDataResult<typeof name>['meta']['api'], string>(true)
}

t.test('the types are read by the compiler', async (t) => {
  t.equal(typeof compiled, 'function')
})
