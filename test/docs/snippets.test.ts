import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { documents, onFreePorts, root, snippets } from './snippet.ts'

const exec = promisify(execFile)
const folder = join(root, 'test/.snippets')
const all = documents().flatMap(snippets)

t.setTimeout(240_000)

const environment = {
  PATH: process.env.PATH,
  FC_CLIENT_ID: 'a'.repeat(64),
  FC_CLIENT_SECRET: 'b'.repeat(64),
  SESSION_SECRET: 'c'.repeat(40),
  REDIS_URL: 'redis://127.0.0.1:6379'
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const snippet of all) writeFileSync(join(folder, snippet.file), onFreePorts(snippet.code))
writeFileSync(
  join(folder, 'tsconfig.json'),
  JSON.stringify({
    extends: '../tsconfig.json',
    compilerOptions: { noUnusedLocals: false, noUnusedParameters: false, rootDir: '../..' },
    include: ['*.ts']
  })
)

t.test('every snippet of the documents compiles in strict TypeScript', async (t) => {
  t.ok(all.length > 3, `${all.length} snippets`)
  const { stdout } = await exec(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
    cwd: root
  }).catch((error: { stdout: string }) => error)
  t.equal(stdout, '')
})

t.test('every snippet runs to its end', async (t) => {
  const files = all.filter((found) => found.run).map((found) => join(folder, found.file))
  const args = ['--import', join(root, 'test/_loader/register.mjs'), join(root, 'test/docs/run-snippets.ts'), ...files]
  const { stdout, stderr } = await exec(process.execPath, args, {
    cwd: root,
    env: environment,
    timeout: 100_000
  }).catch((error: { stdout: string; stderr: string }) => error)
  const outcomes = new Map(
    [...stdout.matchAll(/^@@(.*)$/gm)].map(([, line = '']) => {
      const { file, error } = JSON.parse(line) as { file: string; error: string | null }
      return [file, error] as const
    })
  )
  for (const snippet of all.filter((found) => found.run)) {
    const outcome = outcomes.get(join(folder, snippet.file))
    t.equal(outcome, null, `${snippet.name} ${outcome === undefined ? `did not run: ${stderr}` : ''}`)
  }
})
