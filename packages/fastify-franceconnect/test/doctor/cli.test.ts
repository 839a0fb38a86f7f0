import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { sound } from './settings.ts'

const cli = new URL('../../dist/doctor/cli.js', import.meta.url).pathname
const exec = promisify(execFile)

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

/** Runs the command in a folder: by default this workspace, where fastify-fc-data is installed. */
async function doctor(
  args: string[],
  environment: Record<string, string | undefined> = {},
  cwd = process.cwd()
): Promise<Outcome> {
  const env = { PATH: process.env['PATH'], ...environment }
  try {
    // tap puts itself into every Node.js that a test starts, by NODE_OPTIONS: slow, and no user has it.
    return { code: 0, ...(await exec('env', ['-u', 'NODE_OPTIONS', process.execPath, cli, ...args], { env, cwd })) }
  } catch (error) {
    return error as Outcome
  }
}

t.test('sound settings: exit 0, the two URLs on lines of their own', async (t) => {
  const { code, stdout, stderr } = await doctor(['doctor', '--offline'], sound)
  t.strictSame([code, stderr], [0, ''])
  t.match(stdout, /après connexion +https:\/\/demarche\.example\.fr\/franceconnect\/callback\n/)
  t.match(stdout, /après déconnexion +https:\/\/demarche\.example\.fr\/franceconnect\/logout\/callback\n/)
  t.match(stdout, /0 erreur, 0 avertissement\./)
})

t.test('a mistake: exit 1, in French, with what to do', async (t) => {
  const { code, stdout } = await doctor(['doctor', '--offline'], { ...sound, SESSION_SECRET: 'court' })
  t.equal(code, 1)
  t.match(stdout, /✗ erreur {5}secret a moins de 32 caractères\.\n +→ Tirez-en un/)
  t.notMatch(stdout, sound.FC_CLIENT_SECRET)
})

t.test('--json is one JSON object, for scripts', async (t) => {
  const { code, stdout } = await doctor(['doctor', '--offline', '--json'], { ...sound, FC_ENVIRONMENT: 'prod' })
  const report = JSON.parse(stdout)
  t.equal(code, 1)
  t.match(report, { ok: false, findings: [{ level: 'error', code: 'environment-unknown', option: 'environment' }] })
})

t.test('--help names every variable; a command that does not exist shows it and exits 2', async (t) => {
  const asked = await doctor(['--help'])
  t.equal(asked.code, 0)
  for (const name of Object.keys(sound)) t.match(asked.stdout, name)
  for (const args of [[], ['docteur'], ['doctor', '--jason']]) {
    const { code, stderr } = await doctor(args)
    t.equal(code, 2)
    t.match(stderr, /Usage/)
  }
})

t.test('a configuration file, JSON or module, gives the objects of register', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'doctor-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const options = {
    environment: 'integration',
    clientId: sound.FC_CLIENT_ID,
    clientSecret: sound.FC_CLIENT_SECRET,
    baseUrl: 'https://mairie.example.fr',
    secret: sound.SESSION_SECRET
  }
  const files: [name: string, text: string][] = [
    ['settings.json', JSON.stringify({ franceConnect: options })],
    ['bare.json', JSON.stringify(options)],
    ['settings.mjs', `export const franceConnect = ${JSON.stringify(options)}`],
    ['default.mjs', `export default { franceConnect: ${JSON.stringify(options)} }`]
  ]
  for (const [name, text] of files) {
    await writeFile(join(folder, name), text)
    const { code, stdout } = await doctor(['doctor', '--offline', '--config', join(folder, name)], {}, folder)
    t.equal(code, 0, name)
    t.match(stdout, 'https://mairie.example.fr/franceconnect/callback', name)
  }
})

t.test('a configuration file that cannot be read: exit 1 and one sentence', async (t) => {
  const absent = await doctor(['doctor', '--config', '/nowhere/settings.json'])
  t.equal(absent.code, 1)
  t.match(absent.stdout, /\/nowhere\/settings\.json ne peut pas être lu : ENOENT/)
  const json = await doctor(['doctor', '--json', '--config', '/nowhere/settings.mjs'])
  t.match(JSON.parse(json.stdout), { ok: false, findings: [{ code: 'config-unreadable' }] })
})

t.test('--env reads the variables of a file; one that is absent: exit 1', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'doctor-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const lines = Object.entries(sound).map(([name, value]) => `${name}=${value}`)
  await writeFile(join(folder, '.env'), lines.join('\n'))
  const { code, stdout } = await doctor(['doctor', '--offline', '--env', join(folder, '.env')], {}, folder)
  t.equal(code, 0)
  t.match(stdout, 'https://demarche.example.fr/franceconnect/callback')
  const absent = await doctor(['doctor', '--env', join(folder, 'absent')])
  t.strictSame([absent.code, absent.stdout.includes('ENOENT')], [1, true])
})
