import t from 'tap'
import { startProvider } from '../hostile/provider.ts'
import { me, startRelyingParty, walk } from '../hostile/relying-party.ts'
import { bomb, gzipBomb, huge } from '../hostile/transports.ts'

const endpoints = ['discovery', 'jwks', 'token', 'userinfo'] as const

t.test('N3 the memory stays bounded while answers of 64 MB are offered, plain or packed', async (t) => {
  bomb()
  for (const [name, send] of [
    ['huge', huge],
    ['gzip bomb', gzipBomb]
  ] as const) {
    for (const at of endpoints) {
      const provider = await startProvider()
      const party = await startRelyingParty(provider, { timeout: 10_000 })
      provider.fault = { send: { [at]: send } }
      const peak = watchMemory()
      const browsers = Array.from({ length: 4 }, () => party.browser())
      await Promise.all(browsers.map((browser) => walk(browser)))
      const grown = peak.stop()
      t.ok(grown < 48, `${at} ${name}: ${grown.toFixed(1)} MB more at most, in four logins at once`)
      provider.fault = {}
      await walk(browsers[0]!)
      t.equal((await me(browsers[0]!)).connected, true, 'a healthy login right after')
      await party.close()
      await provider.close()
    }
  }
})

/** Highest growth of heap and buffers, in MB, sampled while something runs. */
function watchMemory(): { stop(): number } {
  const used = (): number => {
    const { heapUsed, external } = process.memoryUsage()
    return (heapUsed + external) / 1024 / 1024
  }
  const before = used()
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, used())
  }, 5)
  return {
    stop: () => {
      clearInterval(timer)
      return Math.max(peak, used()) - before
    }
  }
}
