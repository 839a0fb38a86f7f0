import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './pages.mjs'

/** The options, types and errors of each package from their docstrings, by TypeDoc, which wants TypeScript 6. */
export function writeReference(folder) {
  const typedoc = fileURLToPath(new URL('node_modules/typedoc/bin/typedoc', import.meta.url))
  for (const name of readdirSync(join(root, 'packages')).filter((name) =>
    existsSync(join(root, 'packages', name, 'src/index.ts'))
  )) {
    const args = [
      ['--plugin', 'typedoc-plugin-markdown'],
      ['--entryPoints', join(root, 'packages', name, 'src/index.ts')],
      ['--tsconfig', join(root, 'packages', name, 'tsconfig.json')],
      ['--out', join(folder, 'en/reference', name)],
      [
        '--name',
        name,
        '--readme',
        'none',
        '--entryFileName',
        'index',
        '--hideBreadcrumbs',
        'true',
        '--hidePageHeader',
        'true'
      ],
      [
        '--disableSources',
        '--excludeInternal',
        '--skipErrorChecking',
        '--logLevel',
        'Error',
        '--sanitizeComments',
        'true'
      ],
      [
        '--useCodeBlocks',
        'true',
        '--expandObjects',
        'false',
        '--parametersFormat',
        'table',
        '--interfacePropertiesFormat',
        'table'
      ]
    ].flat()
    const { status } = spawnSync(process.execPath, [typedoc, ...args], {
      stdio: 'inherit',
      cwd: fileURLToPath(new URL('.', import.meta.url))
    })
    if (status !== 0) process.exit(status ?? 1)
  }
}
