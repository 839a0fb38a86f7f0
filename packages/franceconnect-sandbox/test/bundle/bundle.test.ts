import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import t from 'tap'

const program = fileURLToPath(new URL('program.mjs', import.meta.url))

/** Koa, below the engine, is CommonJS and asks for Node's own modules by `require`. */
const requireInModules = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

t.test('a minified bundle serves logins on both platforms', async (t) => {
  const outfile = join(t.testdir(), 'bundle.mjs')
  await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    banner: { js: requireInModules },
    logLevel: 'silent'
  })
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [outfile])
  t.equal(stderr, '')
  t.same(JSON.parse(stdout), [200, 200, 200, 200, 200])
})
