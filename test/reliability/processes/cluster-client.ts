import { createCluster } from 'redis'

type Cluster = Awaited<ReturnType<typeof open>>

/**
 * A cluster that follows its primaries: node-redis looks for the others when a living node sends it on, which nothing does
 * for the slots of a dead one. Another client takes over as soon as it reaches every primary.
 */
export async function followCluster(urls: readonly string[]): Promise<() => Cluster> {
  let current = await open(urls, () => void renew())
  let renewing = false

  async function renew(): Promise<void> {
    if (renewing) return
    renewing = true
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 250))
      const next = await open(urls, () => void renew()).catch(() => null)
      if (next === null) continue
      const before = current
      current = next
      renewing = false
      // what was asked of the living nodes is still on its way
      setTimeout(() => shut(before), 1000)
      return
    }
  }

  return () => current
}

async function open(urls: readonly string[], lost: () => void) {
  const cluster = createCluster({
    rootNodes: urls.map((url) => ({ url })),
    defaults: { disableOfflineQueue: true, socket: { connectTimeout: 1000, reconnectStrategy: false } }
  })
  cluster.on('error', () => {})
  cluster.on('node-error', lost)
  try {
    await cluster.connect()
    // it connects without the primaries that it cannot reach
    if (!cluster.masters.every(({ client }) => client?.isReady)) throw new Error('a primary is not reached')
    return cluster
  } catch (error) {
    shut(cluster)
    throw error
  }
}

/** Each node alone: of a whole cluster `destroy` stops at the first one that is lost already. */
function shut({ masters }: { masters: { client?: { isOpen: boolean; destroy(): void } | undefined }[] }): void {
  for (const { client } of masters) if (client?.isOpen) client.destroy()
}
