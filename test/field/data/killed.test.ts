import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { GOOD } from './citizens.ts'
import { inTurn, json, startHost } from './host.ts'
import { type Settings, startService } from './login-process.ts'
import { browserOf, type Citizen, type Shown, sandboxOf } from './logins.ts'
import { skip, startRedis } from './redis.ts'

async function startChild(t: Test, settings: Settings) {
  const child = fork(join(import.meta.dirname, 'login-process.ts'), [JSON.stringify(settings)], {
    execArgv: ['--import=./test/_loader/register.mjs']
  })
  t.teardown(() => child.kill('SIGKILL'))
  await once(child, 'message')
  const app: Citizen['app'] = {
    async inject(options) {
      const heard = once(child, 'message')
      child.send(options)
      const [{ statusCode, headers, cookies, body }] = (await heard) as [Omit<Shown, 'json'>]
      return { statusCode, headers, cookies, body, json: () => JSON.parse(body) }
    }
  }
  async function kill(): Promise<void> {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  return { app, kill }
}

async function startTwo(t: Test) {
  const [host, sandbox, redisUrl] = [await startHost(t), await sandboxOf(), await startRedis(t)]
  const settings = { redisUrl, dataUrl: host.url, franceConnect: sandbox.franceConnectOptions }
  const { app, end } = await startService(settings)
  t.teardown(end)
  const dying = await startChild(t, settings)
  return { host, dying, living: app, angela: browserOf(dying.app, sandbox, undefined) }
}

t.test('a page does not wait for a call of a process that was killed', { skip }, async (t) => {
  const { host, dying, living, angela } = await startTwo(t)
  host.answers(
    inTurn(
      () => undefined,
      (_, response) => json(response, 200, GOOD)
    )
  )
  t.match((await angela.open('/franceconnect/login')).json(), { home: true })
  angela.app = living
  const started = performance.now()
  const page = angela.send({ url: '/qf' })
  await new Promise((resolve) => setTimeout(resolve, 1500))
  await dying.kill()
  t.match((await page).json(), { data: GOOD.data, held: false }, 'it makes the call itself')
  t.ok(performance.now() - started < 10_000, `${performance.now() - started} ms`)
  t.equal(host.seen.length, 2)
})

t.test('it waits for one that lives, however long its call', { skip }, async (t) => {
  const { host, living, angela } = await startTwo(t)
  host.answers((_, response) => setTimeout(() => json(response, 200, GOOD), 8000))
  await angela.open('/franceconnect/login')
  angela.app = living
  t.match((await angela.send({ url: '/qf' })).json(), { data: GOOD.data, held: true })
  t.equal(host.seen.length, 1)
})
