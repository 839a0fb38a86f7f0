import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { documents, root, snippets } from './snippet.ts'

const exec = promisify(execFile)
const folder = join(root, 'test/.snippets')
const all = documents().flatMap(snippets)

const environment = {
  PATH: process.env.PATH,
  FC_CLIENT_ID: 'a'.repeat(64),
  FC_CLIENT_SECRET: 'b'.repeat(64),
  SESSION_SECRET: 'c'.repeat(40),
  REDIS_URL: 'redis://127.0.0.1:6379'
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const snippet of all) writeFileSync(join(folder, snippet.file), snippet.code)
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

t.test('every snippet runs to its end', { jobs: 2 }, async (t) => {
  for (const snippet of all.filter((found) => found.run)) {
    t.test(snippet.name, async (t) => {
      const script = `await import(${JSON.stringify(join(folder, snippet.file))}); process.exit(0)`
      const args = ['--import', join(root, 'test/_loader/register.mjs'), '--input-type=module', '-e', script]
      const outcome = await exec(process.execPath, args, { cwd: root, env: environment, timeout: 30_000 }).catch(
        (error: unknown) => error
      )
      t.notOk(outcome instanceof Error, outcome instanceof Error ? outcome.message : 'ran')
    })
  }
})
