import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { loadEnvironmentFile, readSettingsFile } from '../../src/options/settings-file.ts'

t.test('JSON, a default export and named exports are read alike', async (t) => {
  const folder = t.testdir({
    'a.json': '\uFEFF{ "clientId": "one" }',
    'b.mjs': 'export default { clientId: "one" }',
    'c.mjs': 'export const clientId = "one"'
  })
  for (const name of ['a.json', 'b.mjs', 'c.mjs'])
    t.match(await readSettingsFile(join(folder, name)), { exported: { clientId: 'one' } }, name)
})

t.test('what cannot be read is said without a word of the file', async (t) => {
  const folder = t.testdir({
    'a.json': '{ "clientSecret": "hidden-thing" oops',
    'b.json': '[1]',
    'c.mjs': 'throw new Error("hidden-thing")'
  })
  t.strictSame(await readSettingsFile(join(folder, 'a.json')), { why: 'SyntaxError' })
  t.strictSame(await readSettingsFile(join(folder, 'b.json')), { why: 'le fichier n’exporte pas un objet' })
  t.strictSame(await readSettingsFile(join(folder, 'c.mjs')), { why: 'Error, levée à la ligne 1' })
  t.strictSame(await readSettingsFile(join(folder, 'absent.mjs')), { why: 'ERR_MODULE_NOT_FOUND' })
})

t.test('the process’ own variables win over those of a .env file', async (t) => {
  const file = join(t.testdir(), '.env')
  writeFileSync(file, 'SETTINGS_FILE_A=file\nSETTINGS_FILE_B=file\n')
  process.env['SETTINGS_FILE_A'] = 'process'
  t.teardown(() => {
    delete process.env['SETTINGS_FILE_A']
    delete process.env['SETTINGS_FILE_B']
  })
  t.equal(loadEnvironmentFile(file), null)
  t.equal(process.env['SETTINGS_FILE_A'], 'process')
  t.equal(process.env['SETTINGS_FILE_B'], 'file')
  t.equal(loadEnvironmentFile(join(t.testdir(), 'absent')), 'ENOENT')
})
