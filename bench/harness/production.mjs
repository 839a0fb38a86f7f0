import { blocks, cold, warm } from './blocks.mjs'
import { lanes } from './lanes.mjs'
import { startRedis, startSlowLink } from './redis.mjs'
import { startSite } from './site.mjs'

const width = 16

/** Every stack with its sessions in memory, one round: cold, then warm, then with many citizens. */
export async function inMemory(stacks, provider, sizes) {
  const sites = await eachInTurn(stacks, (stack) => startSite(stack, provider))
  const figures = {}
  const note = noteIn(figures)
  try {
    await eachInTurn(sites, async (site) => {
      await site.enter(0, 0)
      note('coldLogin', [await cold(site, sizes.cold, (i, lane) => site.enter(i, lane))])
      note('coldPage', [await cold(site, sizes.cold, (i, lane) => site.visit(i % sizes.few, lane))])
      await warm(sizes.warmLogins, (i, lane) => site.enter(i % sizes.few, lane))
      await warm(sizes.warmPages, (i, lane) => site.visit(i % sizes.few, lane))
    })
    note('login', await blocks(sites, sizes.logins, (site) => (i, lane) => site.enter(i % sizes.few, lane)))
    note('pageFew', await blocks(sites, sizes.pages, (site) => (i, lane) => site.visit(i % sizes.few, lane)))
    const crowded = sites.filter(({ stack }) => !stack.sessionInCookie)
    await eachInTurn(crowded, async (site) => {
      await warm(sizes.many - sizes.few, (i, lane) => site.enter(sizes.few + i, lane))
      await warm(sizes.many, site.visit)
    })
    note('pageMany', await blocks(crowded, sizes.pages, (site) => (i, lane) => site.visit(i % sizes.many, lane)))
    // an access token lives sixty seconds: who calls comes in again
    const call = (site) => (i, lane) => site.call(lane, i % 7)
    await eachInTurn(sites, async (site) => {
      await warm(width, site.enter)
      await warm(sizes.calls, call(site))
      await warm(width, site.enter)
    })
    note('data', await blocks(sites, sizes.calls, call))
    return figures
  } finally {
    await eachInTurn(sites, (site) => site.stop())
  }
}

/** Every stack with its sessions in Redis, beside it and then a slow link away. */
export async function onRedis(stacks, provider, sizes) {
  const redis = await startRedis()
  const link = await startSlowLink(redis.port, 1)
  const near = await eachInTurn(stacks, (stack) => startSite(stack, provider, { REDIS_URL: redis.url }))
  const far = await eachInTurn(stacks, (stack) => startSite(stack, provider, { REDIS_URL: link.url }))
  const figures = {}
  const note = noteIn(figures)
  try {
    await eachInTurn(near, async (site) => {
      await warm(sizes.warmLogins, (i, lane) => site.enter(i % sizes.few, lane))
      await warm(sizes.warmPages, (i, lane) => site.visit(i % sizes.few, lane))
      await redis.ask('FLUSHALL')
      await warm(sizes.heldLogins, site.enter)
      const { bytes, keys } = await redis.held()
      figures[site.stack.name] = { redisBytes: bytes / sizes.heldLogins, redisKeys: keys / sizes.heldLogins }
    })
    await eachInTurn(near, (site) => warm(sizes.heldLogins, site.enter))
    note('redisLogin', await blocks(near, sizes.logins, (site) => (i, lane) => site.enter(i % sizes.few, lane)))
    note('redisPage', await blocks(near, sizes.pages, (site) => (i, lane) => site.visit(i % sizes.heldLogins, lane)))
    await eachInTurn(far, async (site) => {
      await warm(width, site.enter)
      await lanes(1, sizes.pages / 20, (i) => site.visit(i % width, 0))
    })
    note('slowPage', await blocks(far, sizes.pages / 10, (site) => (i) => site.visit(i % width, 0), 1))
    return figures
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
