import { keepVisiting, logIn } from '../load.ts'
import { type RedisCluster, startRedisCluster } from '../processes/redis-cluster.ts'
import { type Scenario, Verdict } from '../scenario.ts'
import { pause, until } from '../tally.ts'
import type { World } from '../world.ts'
import { expectCarried, halfWay, loggedOut } from './watched.ts'

export const clusterLosesPrimaries: Scenario = {
  name: 'A cluster that loses two primaries',
  does: 'Redis Cluster, three primaries and a replica of each; kill -9 of one while 20 citizens read pages and held data, then of another',
  async run(world) {
    const cluster = await startRedisCluster()
    try {
      await world.move(
        { kind: 'cluster', urls: cluster.ports.map((port) => `redis://127.0.0.1:${port}`) },
        { hold: 300 }
      )
      return await lose(world, cluster)
    } finally {
      await Promise.all(world.services.map((service) => service.kill()))
      await cluster.close()
    }
  }
}

async function lose(world: World, cluster: RedisCluster) {
  const verdict = new Verdict()
  const browsers = await logIn(world, 20)
  const held = await Promise.all(browsers.map((browser, i) => world.visit(browser, '/data', i)))
  verdict.expect(
    held.every(({ status }) => status === 200),
    'data before the failure'
  )
  const load = keepVisiting(world, browsers)
  const begun = await Promise.all([0, 1, 2, 3].map((number) => halfWay(world, number, number)))
  const recovered: number[] = []
  const down: number[] = []
  const dead: number[] = []
  for (let i = 0; i < 2; i++) {
    await pause(500)
    const port = await cluster.killPrimary()
    const killed = performance.now()
    await cluster.whole()
    const whole = performance.now()
    await until(15_000, async () => (await loggedOut(world, browsers)) === 0)
    recovered.push(performance.now() - killed)
    down.push(whole - killed)
    await pause(500)
    dead.push(port)
  }
  // they come back as replicas, one after the other
  for (const port of dead) await cluster.startAgain(port)
  await pause(500)
  const ended = await Promise.all(begun.map(({ end }, number) => end(number + 1)))
  await load.stop()
  const data = await Promise.all(browsers.map((browser, i) => world.visit(browser, '/data', i)))
  const gone = await loggedOut(world, browsers)
  expectCarried(verdict, load, gone)
  verdict.expect(ended.every(Boolean), 'a login begun before the failure did not end')
  verdict.expect(
    data.every(({ status }) => status === 200),
    'data that was held is gone'
  )
  verdict.expect(load.pages.longest < 5000, 'an answer took more than 5 s')
  verdict.expect(Math.max(...recovered) < 15_000, 'it did not recover within 15 s')
  const seconds = (list: number[]) => list.map((ms) => (ms / 1000).toFixed(1)).join(' s and ')
  return {
    requests: load.pages.total,
    lost: load.pages.unanswered + gone,
    longest: load.pages.longest,
    recovered: Math.max(...recovered),
    seen: `${load.pages}; ${20 - gone} of 20 logins kept, ${ended.filter(Boolean).length} of 4 logins half way ended; everybody served ${seconds(recovered)} s after each kill (the cluster itself ${seconds(down)} s)`,
    wrong: verdict.wrong
  }
}
