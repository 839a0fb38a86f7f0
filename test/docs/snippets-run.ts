import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { root, writeSnippets } from './snippet.ts'

const exec = promisify(execFile)

const environment = {
  PATH: process.env.PATH,
  FC_CLIENT_ID: 'a'.repeat(64),
  FC_CLIENT_SECRET: 'b'.repeat(64),
  FC_ISSUER: 'http://localhost:4000/api/v2',
  FC_BASE_URL: 'http://localhost:3000',
  FC_KEY: JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })),
  SESSION_SECRET: 'c'.repeat(40),
  REDIS_URL: 'redis://127.0.0.1:6379'
}

t.test('every snippet of the documents runs to its end', async (t) => {
  const snippets = writeSnippets(join(root, 'test/.snippets/run')).filter((snippet) => snippet.run)
  t.ok(snippets.length > 3, `${snippets.length} snippets`)
  const script = [join(root, 'test/_loader/register.mjs'), join(root, 'test/docs/run-snippets.ts')]
  const args = ['--import', ...script, ...snippets.map((snippet) => snippet.file)]
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
  for (const snippet of snippets) {
    const outcome = outcomes.get(snippet.file)
    t.equal(outcome, null, `${snippet.name} ${outcome === undefined ? `did not run: ${stderr}` : ''}`)
  }
})
