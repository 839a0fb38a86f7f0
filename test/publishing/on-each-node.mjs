// Repeats the publishing tests on each Node.js that the packages support; the npm package `node` brings them.
import { spawnSync } from 'node:child_process'

const versions = process.argv.length > 2 ? process.argv.slice(2) : ['20', '22', '24']
const failed = versions.filter((version) => {
  console.log(`\n# Node.js ${version}`)
  const node = ['--yes', '-p', `node@${version}`, 'node']
  spawnSync('npx', [...node, '--version'], { stdio: 'inherit' })
  const test = ['test/_loader/run.mjs', 'test/publishing/fresh-project.test.ts']
  const env = { ...process.env, TAP_TIMEOUT: '400' }
  return spawnSync('npx', [...node, ...test], { stdio: 'inherit', env }).status !== 0
})
if (failed.length > 0) {
  console.error(`Failed on Node.js ${failed.join(', ')}`)
  process.exit(1)
}
