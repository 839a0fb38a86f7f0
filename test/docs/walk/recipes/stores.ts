import { execFile } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Test } from 'tap'
import { noRedis, startRedis } from '../../../../examples/several-instances/test/redis.ts'
import { createVisitor } from '../visitor.ts'
import { type Steps, walk } from '../walk.ts'
import { noPostgres, startPostgres } from './postgres.ts'

/** A login, a restart, the same login; then out for good. */
async function survivesRestart(t: Test, { begin, folder, next }: Steps): Promise<void> {
  const sandbox = await begin()
  for (const kind of ['sh', 'js', 'sh']) await next(kind)
  sandbox.automaticCitizen('test')
  const { open } = createVisitor()
  t.match(await open(`${folder.serviceUrl}/dossier`), { status: 200, body: /quotient familial : \d+/ })
  await folder.interrupt()
  await folder.type('node --env-file=.env server.js')
  sandbox.automaticCitizen(undefined)
  t.match(await open(folder.serviceUrl), { status: 200, body: 'Bonjour Angela Claire Louise' }, 'after a restart')
  await open(`${folder.serviceUrl}/franceconnect/logout`)
  t.match(await open(folder.serviceUrl), { status: 200, body: 'S’identifier avec' }, 'out')
  t.notMatch(folder.said(), /"level":(50|60)/, 'no error was logged')
}

walk(
  'docs/recipes/ioredis.md',
  async (t, steps) => {
    const redis = await startRedis()
    t.teardown(() => redis.stop())
    steps.folder.move(6379, Number(new URL(redis.url).port))
    await survivesRestart(t, steps)
  },
  { skip: noRedis }
)

walk(
  'docs/recipes/redis-cluster.md',
  async (t, steps) => {
    const redis = await startRedis([
      '--cluster-enabled',
      'yes',
      '--cluster-config-file',
      `/tmp/nodes-${process.pid}.conf`
    ])
    t.teardown(() => redis.stop())
    const { port } = new URL(redis.url)
    const ask = (...words: string[]) => promisify(execFile)('redis-cli', ['-p', port, 'cluster', ...words])
    await ask('addslotsrange', '0', '16383')
    // a node that has just started says that its cluster is down for a moment more
    while (!(await ask('info')).stdout.includes('cluster_state:ok')) await setTimeout(50)
    steps.folder.move(6379, Number(port))
    await survivesRestart(t, steps)
  },
  { skip: noRedis }
)

walk(
  'docs/recipes/postgresql.md',
  async (t, steps) => {
    const postgres = await startPostgres()
    t.teardown(() => postgres.stop())
    steps.folder.move(5432, postgres.port)
    await survivesRestart(t, steps)
  },
  { skip: noPostgres }
)
