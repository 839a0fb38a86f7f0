import { lanes, median } from './lanes.mjs'

const width = 16
const inOneRound = 12

/** Runs without a measure. */
export const warm = (count, job) => lanes(width, count, job)

/** What a site does first, as it comes. */
export const cold = async (site, count, job) => figuresOf(site, [await lanes(width, count, job, site.cpuNs)])

/**
 * `count` operations of each site in short blocks, the sites in turn, so that whatever else the machine does falls on all
 * of them. Medians over the blocks.
 */
export async function blocks(sites, count, jobOf, wide = width) {
  const runs = new Map(sites.map((site) => [site, []]))
  const each = Math.ceil(count / inOneRound)
  for (let block = 0; block < inOneRound; block++) {
    for (const site of sites) {
      const job = jobOf(site)
      runs.get(site).push(await lanes(wide, each, (i, lane) => job(block * each + i, lane), site.cpuNs))
    }
  }
  return sites.map((site) => figuresOf(site, runs.get(site)))
}

/** CPU of the server for one operation, what the clock on the wall says of it, and how long one took; microseconds. */
function figuresOf(site, runs) {
  return {
    stack: site.stack.name,
    us: median(runs.map(({ cpuNsEach }) => cpuNsEach)) / 1e3,
    wallUs: median(runs.map(({ wallMs, count }) => wallMs / count)) * 1e3,
    medianUs: median(runs.map(({ medianMs }) => medianMs)) * 1e3
  }
}
