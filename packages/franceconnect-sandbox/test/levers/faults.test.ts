import t from 'tap'
import { parseArguments } from '../../src/cli/cli-arguments.ts'
import type { FaultKind } from '../../src/index.ts'
import { startSandbox } from '../../src/index.ts'

const refused = (message: RegExp) => ({ code: 'FST_FC_SANDBOX_INVALID_OPTIONS', message })

t.test('faults of the command line strike from the start', async (t) => {
  const asked = parseArguments([
    '--port',
    '0',
    '--fault',
    'franceConnect=maintenance,retryAfter=7,times=1',
    '--fault',
    'dss/quotient-familial=slow,delay=50'
  ])
  if (asked === 'help') throw new Error('help')
  t.same(asked.faults, {
    franceConnect: { kind: 'maintenance', retryAfter: 7, times: 1 },
    'dss/quotient-familial': { kind: 'slow', delay: 50 }
  })
  const sandbox = await startSandbox(asked)
  t.teardown(() => sandbox.close())
  const first = await fetch(`${sandbox.issuer}/jwks`)
  t.equal(first.status, 503)
  t.equal(first.headers.get('retry-after'), '7')
  t.equal((await fetch(`${sandbox.issuer}/jwks`)).status, 200)
  t.same(sandbox.faults.active, [{ target: 'dss/quotient-familial', fault: { kind: 'slow', delay: 50 } }])
})

t.test('a fault that would never strike is refused', async (t) => {
  for (const wrong of ['dgfip', '=down', 'dgfip=slow,delay', 'dgfip=slow,delay=x', 'dgfip=slow,often=1']) {
    t.throws(() => parseArguments(['--fault', wrong]), refused(/--fault/), wrong)
  }
  await t.rejects(startSandbox({ port: 0, faults: { dgfip: 'broken' as FaultKind } }), refused(/kind is slow, hang/))
  await t.rejects(startSandbox({ port: 0, faults: { impots: 'down' } }), refused(/nothing is called impots.*dgfip/))
  const sandbox = await startSandbox({ port: 0 })
  t.teardown(() => sandbox.close())
  t.throws(() => sandbox.faults.set('dss/quotient', 'down'), refused(/dss\/quotient-familial/))
  t.throws(() => sandbox.faults.set('citizen', 'down'), refused(/cancel/))
  t.throws(() => sandbox.faults.set('dgfip', 'cancel'), refused(/citizen/))
  t.throws(() => sandbox.faults.set('dgfip', { kind: 'error', status: 200 }), refused(/400 to 599/))
  t.throws(() => sandbox.faults.set('dgfip', { kind: 'slow', delay: -1 }), refused(/milliseconds/))
  sandbox.faults.set('dgfip/token', 'down')
})
