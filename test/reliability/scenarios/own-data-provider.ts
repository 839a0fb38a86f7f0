import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { Browser, type Seen } from '../browser.ts'
import { type Child, startChild } from '../processes/child.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { Tally, until } from '../tally.ts'
import { baseUrl } from '../world.ts'

const consumers = 512
const strangers = 64
const citizens = ['test', 'avec_nom_dusage', 'plusieurs_prénoms_3', 'naissance_Algérie']
const scope = 'openid given_name family_name birthdate gender birthplace birthcountry ville_solde'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** The town and a FranceConnect that knows it, each in a process of its own. */
async function startBoth(): Promise<{ town: Child; franceConnect: Child }> {
  const port = await freePort()
  const client = { clientId: 'ville-fiable', clientSecret: 'secret-de-la-ville-fiable-0123456789' }
  const scopes = { ville_solde: 'Solde de la cantine' }
  const jwksUri = `http://127.0.0.1:${port}/franceconnect/data-provider/jwks`
  const franceConnect = await startChild('./sandbox.ts', {
    BASE_URL: baseUrl,
    DATA_PROVIDERS: JSON.stringify([{ title: 'Ville', ...client, scopes, jwksUri }])
  })
  const { issuer } = await franceConnect.ask<{ issuer: string }>('describe')
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const settings = { port, issuer, ...client, scopes, decryptionKeys: [key], timeout: 10_000 }
  return { town: await startChild('./town.ts', { SETTINGS: JSON.stringify(settings) }), franceConnect }
}

interface Token {
  value: string
  citizen: string
}

/** As many tokens as consumers, the citizens side by side: each lives a minute. */
async function tokensOf(franceConnect: Child): Promise<Token[]> {
  const lanes = citizens.map(async (citizen) => {
    const tokens: Token[] = []
    while (tokens.length < consumers / citizens.length) {
      tokens.push({ citizen, value: await franceConnect.ask<string>('accessToken', [citizen, scope]) })
    }
    return tokens
  })
  return (await Promise.all(lanes)).flat()
}

export const ownDataProvider: Scenario = {
  name: 'A data provider of one’s own',
  does: `${consumers} consumers at once, each with its own token, and ${strangers} with none that is real: FranceConnect well, slow by a second, down, back`,
  async run() {
    const verdict = new Verdict()
    const { town, franceConnect } = await startBoth()
    const tokens = await tokensOf(franceConnect)
    const subs = new Map<string, Set<string>>()
    const stray = new Tally()
    const all = new Tally()

    const ask = (token: string): Promise<Seen> =>
      new Browser().open(`http://127.0.0.1:${town.port}/solde`, { headers: { authorization: `Bearer ${token}` } })
    const askFor = async ({ value, citizen }: Token, tally: Tally) => {
      const seen = all.add(tally.add(await ask(value)))
      if (seen.status !== 200) return
      const known = subs.get(citizen) ?? new Set()
      subs.set(citizen, known.add((JSON.parse(seen.body) as { sub: string }).sub))
    }
    const wave = async (): Promise<Tally> => {
      const tally = new Tally()
      const forged = Array.from({ length: strangers }, async () =>
        all.add(stray.add(await ask(randomBytes(32).toString('base64url'))))
      )
      await Promise.all([...tokens.map((token) => askFor(token, tally)), ...forged])
      return tally
    }

    const well = await wave()
    await franceConnect.ask('fault', ['franceConnect', { kind: 'slow', delay: 1000 }])
    const slow = await wave()
    await franceConnect.ask('fault', ['franceConnect', 'down'])
    const down = await wave()
    await franceConnect.ask('heal')
    const recovered = await until(10_000, async () => (await ask(tokens[0]!.value)).status === 200)
    const back = await wave()
    await Promise.all([town.kill(), franceConnect.kill()])

    verdict.expect(well.count(200) === consumers, `well: ${well}`)
    verdict.expect(slow.count(200) === consumers, `slow: ${slow}`)
    verdict.expect(down.count(503) === consumers, `down: ${down}`)
    verdict.expect(back.count(200) === consumers, `back: ${back}`)
    verdict.expect(stray.count(401, 503) === stray.total, `answered without a verified token: ${stray}`)
    verdict.expect(
      [...subs.values()].every((found) => found.size === 1),
      'a citizen got the answer of another'
    )
    verdict.expect(
      new Set([...subs.values()].flatMap((found) => [...found])).size === citizens.length,
      'citizens were mixed up'
    )
    return {
      requests: all.total,
      lost: all.unanswered,
      longest: all.longest,
      recovered,
      seen: `well ${well} in ${Math.round(well.longest)} ms at most, slow ${slow}, down ${down}, back ${back}; without a real token ${stray}`,
      wrong: verdict.wrong
    }
  }
}
