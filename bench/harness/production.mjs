import { blocks, cold, warm } from './blocks.mjs'
import { lanes } from './lanes.mjs'
import { startRedis, startSlowLink } from './redis.mjs'
import { startSite } from './site.mjs'

const width = 16

/** Every stack with its sessions in memory: cold, then warm, then with many citizens. The figures of each round. */
export async function inMemory(stacks, provider, sizes) {
  const rounds = Array.from({ length: sizes.rounds }, () => ({}))
  for (const round of rounds) {
    const note = noteIn(round)
    await eachInTurn(stacks, async (stack) => {
      const site = await startSite(stack, provider)
      await site.enter(0, 0)
      note('coldLogin', [await cold(site, sizes.cold, (i, lane) => site.enter(i, lane))])
      note('coldPage', [await cold(site, sizes.cold, (i, lane) => site.visit(i % sizes.few, lane))])
      await site.stop()
    })
  }
  const sites = await eachInTurn(stacks, (stack) => startSite(stack, provider))
  try {
    await eachInTurn(sites, async (site) => {
      await warm(sizes.warmLogins, (i, lane) => site.enter(i % sizes.few, lane))
      await warm(sizes.warmPages, (i, lane) => site.visit(i % sizes.few, lane))
    })
    await eachInTurn(rounds, async (round) => {
      const note = noteIn(round)
      note('login', await blocks(sites, sizes.logins, (site) => (i, lane) => site.enter(i % sizes.few, lane)))
      note('pageFew', await blocks(sites, sizes.pages, (site) => (i, lane) => site.visit(i % sizes.few, lane)))
    })
    // an access token lives sixty seconds: who calls comes in again
    const call = (site) => (i, lane) => site.call(lane, i % 7)
    await eachInTurn(sites, async (site) => {
      await warm(width, site.enter)
      await warm(sizes.calls, call(site))
    })
    await eachInTurn(rounds, async (round) => {
      await eachInTurn(sites, (site) => warm(width, site.enter))
      noteIn(round)('data', await blocks(sites, sizes.calls, call))
    })
    const crowded = sites.filter(({ stack }) => !stack.sessionInCookie)
    await eachInTurn(crowded, async (site) => {
      await warm(sizes.many, site.enter)
      await warm(sizes.many, site.visit)
    })
    const one = (site) => (i, lane) => site.visit(i % sizes.many, lane)
    await eachInTurn(rounds, async (round) => noteIn(round)('pageMany', await blocks(crowded, sizes.many, one)))
    return rounds
  } finally {
    await eachInTurn(sites, (site) => site.stop())
  }
}

/** Every stack with its sessions in Redis, beside it and then a slow link away. The figures of each round. */
export async function onRedis(stacks, provider, sizes) {
  const redis = await startRedis()
  const link = await startSlowLink(redis.port, 1)
  const near = await eachInTurn(stacks, (stack) => startSite(stack, provider, { REDIS_URL: redis.url }))
  const far = await eachInTurn(stacks, (stack) => startSite(stack, provider, { REDIS_URL: link.url }))
  const rounds = Array.from({ length: sizes.rounds }, () => ({}))
  try {
    await eachInTurn(near, async (site) => {
      await warm(sizes.warmLogins, (i, lane) => site.enter(i % sizes.few, lane))
      await warm(sizes.warmPages, (i, lane) => site.visit(i % sizes.few, lane))
      await redis.ask('FLUSHALL')
      await warm(sizes.held, site.enter)
      const { bytes, keys } = await redis.held()
      for (const round of rounds)
        round[site.stack.name] = { redisBytes: bytes / sizes.held, redisKeys: keys / sizes.held }
    })
    await eachInTurn(near, (site) => warm(sizes.held, site.enter))
    await eachInTurn(far, async (site) => {
      await warm(width, site.enter)
      await lanes(1, sizes.pages / 10, (i) => site.visit(i % width, 0))
    })
    await eachInTurn(rounds, async (round) => {
      const note = noteIn(round)
      note('redisLogin', await blocks(near, sizes.logins, (site) => (i, lane) => site.enter(i % sizes.few, lane)))
      note('redisPage', await blocks(near, sizes.pages, (site) => (i, lane) => site.visit(i % sizes.few, lane)))
      note('redisPageMany', await blocks(near, sizes.pages, (site) => (i, lane) => site.visit(i % sizes.held, lane)))
      note('slowPage', await blocks(far, sizes.pages / 10, (site) => (i) => site.visit(i % width, 0), 1))
    })
    return rounds
  } finally {
    await eachInTurn([...near, ...far, link, redis], (each) => each.stop())
  }
}

function noteIn(figures) {
  return (name, results) => {
    for (const { stack, us, wallUs, medianUs } of results) {
      figures[stack] = {
        ...figures[stack],
        [`${name}Us`]: us,
        [`${name}WallUs`]: wallUs,
        [`${name}MedianUs`]: medianUs
      }
    }
  }
}

async function eachInTurn(list, work) {
  const results = []
  for (const one of list) results.push(await work(one))
  return results
}
