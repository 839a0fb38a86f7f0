import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parseArguments } from '../../src/cli/cli-arguments.ts'
import { startCommand } from './command.ts'

async function run(...args: string[]) {
  const command = startCommand(...args)
  await command.printed('Ctrl+C')
  return command.stop()
}

t.test('prints what to paste, and stops when asked', async (t) => {
  const { code, out, err } = await run('--port', '0', '--base-url', 'http://localhost:5000')
  t.equal(code, 0)
  t.equal(err, '')
  t.match(out, /issuer: 'http:\/\/localhost:\d+\/api\/v2'/)
  t.match(out, /baseUrl: 'http:\/\/localhost:5000'/)
  t.match(out, /Ce n'est pas FranceConnect/)
})

t.test('prints a .env that the plugin and its doctor read', async (t) => {
  const read = (out: string) => Object.fromEntries(out.match(/^\w+=.*$/gm)?.map((line) => line.split(/=(.*)/)) ?? [])
  const { code, out, err } = await run('--env', '--port', '4001', '--base-url', 'http://localhost:5000')
  t.same([code, err], [0, ''])
  t.match(read(out), {
    FC_ISSUER: 'http://localhost:4001/api/v2',
    FC_CLIENT_ID: 'franceconnect-sandbox',
    FC_CLIENT_SECRET: 'secret-du-bac-a-sable-connu-de-tous',
    FC_BASE_URL: 'http://localhost:5000',
    SESSION_SECRET: /^[\da-f]{64}$/
  })
  t.not(read((await run('--env')).out).SESSION_SECRET, read(out).SESSION_SECRET, 'a secret of its own')
  t.match(await run('--env', '--port', '0'), { code: 1, out: '', err: /--env needs a port/ })
  const other = await run('--env', '--other-site')
  t.match(
    read(other.out),
    { FC_ISSUER: 'http://127.0.0.1:4000/api/v2' },
    'under the host that the sandbox will publish'
  )
})

t.test("a service and citizens of one's own", async (t) => {
  const folder = t.testdir()
  const client = join(folder, 'client.json')
  const citizens = join(folder, 'citizens.json')
  const identity = {
    gender: 'male',
    family_name: 'A',
    given_name: 'B',
    given_name_array: ['B'],
    birthdate: '1990-01-01',
    birthcountry: '99100'
  }
  writeFileSync(
    client,
    JSON.stringify({
      clientId: 'mairie',
      clientSecret: 'x',
      redirectUris: ['http://localhost:3000/cb'],
      scopes: ['openid']
    })
  )
  writeFileSync(citizens, JSON.stringify([{ id: 'b', title: 'B', register: identity, provider: identity }]))
  const { code, out } = await run('--port', '0', '--client', client, '--citizens', citizens)
  t.equal(code, 0)
  t.match(out, /clientId: 'mairie'/)
})

t.test("data providers of one's own", async (t) => {
  const file = join(t.testdir(), 'provider.json')
  const provider = {
    clientId: 'ville',
    clientSecret: 'x'.repeat(32),
    scopes: { ville_solde: 'Solde' },
    jwksUri: 'http://localhost:3001/jwks'
  }
  writeFileSync(file, JSON.stringify(provider))
  t.same(parseArguments(['--data-provider', file]), { dataProviders: [provider] })
  t.equal((await run('--port', '0', '--data-provider', file)).code, 0)
  writeFileSync(file, JSON.stringify([{ ...provider, clientSecret: 'short' }]))
  t.match((await run('--port', '0', '--data-provider', file)).err, /dataProviders\[0\]\.clientSecret/)
})

t.test('the help names every flag', async (t) => {
  const { code, out } = await run('--help')
  t.equal(code, 0)
  for (const flag of [
    'port',
    'base-url',
    'client',
    'citizens',
    'citizen',
    'host-name',
    'listen',
    'allow-beyond-loopback',
    'no-file'
  ]) {
    t.match(out, new RegExp(`--${flag} `))
  }
})

t.test('what is wrong is said in one line', async (t) => {
  const folder = t.testdir({ 'broken.json': '{' })
  for (const [args, message] of [
    [['--nothing'], /Unknown option '--nothing'/],
    [['--client', join(folder, 'absent.json')], /cannot be read \(ENOENT\)/],
    [['--citizens', join(folder, 'broken.json')], /is not JSON/]
  ] as [string[], RegExp][]) {
    t.throws(() => parseArguments(args), { code: 'FST_FC_SANDBOX_INVALID_OPTIONS', message })
  }
  t.same(parseArguments(['--port', '0', '--listen', '0.0.0.0']), { port: 0, listenAddress: '0.0.0.0' })
  const { code, err } = await run('--port', 'x')
  t.equal(code, 1)
  t.match(err, /port must be a whole number/)
  t.equal(err.trim().split('\n').length, 1)
})

t.test('the status of a provider that holds nothing', async (t) => {
  t.same(parseArguments(['--no-file', 'dgfip=404', '--no-file', 'cnam=204']), { noFile: { dgfip: 404, cnam: 204 } })
  const { code, err } = await run('--port', '0', '--no-file', 'dgfip=200')
  t.equal(code, 1)
  t.match(err, /noFile\.dgfip is 204, 403, 404 or 410/)
})
