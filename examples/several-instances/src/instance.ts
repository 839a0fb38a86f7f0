import { buildInstance } from './server.ts'
import type { Settings } from './settings.ts'

/** A process of its own, started by start.ts: it takes a free port and says which. */
process.once('message', async (settings: Settings) => {
  const app = await buildInstance(settings)
  await app.listen({ port: 0, host: '127.0.0.1' })
  process.send?.(app.listeningOrigin)
})
process.once('disconnect', () => process.exit())
