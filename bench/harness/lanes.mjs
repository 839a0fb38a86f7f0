/**
 * Runs `total` jobs over `width` lanes at once, `job(index, lane)`. Resolves to the wall time and latencies in
 * milliseconds and the mean CPU per job in nanoseconds, as `cpuNs` reads it.
 */
export async function lanes(width, total, job, cpuNs = () => 0) {
  const latencies = new Float64Array(total)
  let next = 0
  const cpuBefore = cpuNs()
  const started = performance.now()
  const lane = async (_, number) => {
    for (let i = next++; i < total; i = next++) {
      const before = performance.now()
      await job(i, number)
      latencies[i] = performance.now() - before
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
  const wallMs = performance.now() - started
  const cpuNsEach = (cpuNs() - cpuBefore) / total
  latencies.sort()
  return { count: total, wallMs, cpuNsEach, medianMs: latencies[total >> 1], perSecond: (total / wallMs) * 1e3 }
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
