import t from 'tap'
import { startSandbox } from '../src/index.ts'
import { exchanges } from './exchanges/exchange.ts'
import { dataProvider, replay } from './exchanges/replay.ts'
import { publicKeyOfProvider, services } from './exchanges/services.ts'
import { differences } from './exchanges/on-purpose.ts'

for (const platform of ['franceconnect', 'franceconnect-plus'] as const) {
  t.test(`the recorded exchanges of ${platform}`, async (t) => {
    const sandbox = await startSandbox({
      port: 0,
      clients: services(platform),
      dataProviders: [
        {
          uid: 'recorded',
          title: 'Fournisseur enregistré',
          ...dataProvider,
          scopes: [],
          jwks: { keys: [publicKeyOfProvider] },
          checktokenSignedResponseAlg: 'ES256',
          checktokenEncryptedResponseAlg: 'ECDH-ES'
        }
      ]
    })
    t.teardown(() => sandbox.close())
    const all = exchanges(platform)
    let alike = 0
    for (const exchange of all) {
      const answer = await replay(sandbox, platform, exchange)
      const found = differences(platform, exchange, answer)
      if (found.length === 0) alike += 1
      else t.fail(`${exchange.category}, ${exchange.name}: ${found.join(', ')}`, { how: exchange.how })
    }
    t.comment(`${platform}: ${alike} of ${all.length} exchanges alike`)
    t.equal(alike, all.length, `${alike} of ${all.length} exchanges alike`)
  })
}
