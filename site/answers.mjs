import Fastify from 'fastify'
import fcData, { catalogue } from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'
import { startSandbox } from 'franceconnect-sandbox'

const parameters = { annrev: new Date().getUTCFullYear() - 2, immatriculation: 'FC-456-CD', nir: '262087510704255' }
const tax = [
  'dgfip_annee_n_moins_1',
  'dgfip_annee_n_moins_2',
  'dgfip_rfr',
  'dgfip_nbpart',
  'dgfip_sitfam',
  'dgfip_indiIFI',
  'dgfip_locaux_th'
]

/** The parameters of an example call. */
export const example = ({ params }) =>
  Object.fromEntries(
    (params.required ?? []).filter((name) => name in parameters).map((name) => [name, parameters[name]])
  )

/** What the sandbox answers of its first citizen, by API, or the reason; and the API that FranceConnect+ knows too. */
export async function answers() {
  const sandbox = await startSandbox({ port: 0 })
  const app = Fastify()
  const entries = Object.values(catalogue)
  const apis = entries.map(({ name, provider, scopes }) => ({ name, scopes: provider === 'dgfip' ? tax : [...scopes] }))
  await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:3000' })
  await app.register(fcData, { ...sandbox.fcDataOptions, apis })
  app.get('/:name', async (request) => {
    const name = decodeURIComponent(request.params.name)
    const { data, error } = await request.fcData.try(name, example(catalogue[name]))
    return { data, error: error?.code }
  })
  const found = {}
  const headers = await sandbox.login(app, 'test')
  for (const { name } of entries) {
    found[name] = (await app.inject({ url: `/${encodeURIComponent(name)}`, headers })).json()
  }
  const plus = await onPlus(sandbox, apis)
  await Promise.all([app.close(), sandbox.close()])
  return { said: found, plus }
}

/** API that fc-data enables on FranceConnect+: it refuses at boot those whose scopes that platform does not know. */
async function onPlus(sandbox, apis) {
  const known = []
  for (const api of apis) {
    const app = Fastify()
    await app.register(franceConnect, { ...sandbox.franceConnectPlusOptions, baseUrl: 'http://localhost:3000' })
    await app.register(fcData, { ...sandbox.fcDataOptions, apis: [api] }).then(
      () => known.push(api.name),
      () => {}
    )
    await app.close()
  }
  return known
}
