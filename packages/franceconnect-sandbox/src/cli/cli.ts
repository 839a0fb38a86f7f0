#!/usr/bin/env node
import { help, parseArguments } from './cli-arguments.ts'
import { welcome } from './cli-welcome.ts'

try {
  const words = process.argv.slice(2)
  const asked = parseArguments(words.filter((word) => word !== '--env'))
  if (asked === 'help') {
    process.stdout.write(help)
  } else if (words.includes('--env')) {
    const { environment } = await import('./cli-environment.ts')
    process.stdout.write(environment(asked))
  } else {
    const { startSandbox } = await import('../sandbox/sandbox.ts')
    const sandbox = await startSandbox(asked)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => sandbox.close())
    process.stdout.write(welcome(sandbox, [asked.baseUrl ?? 'http://localhost:3000'].flat()[0]!))
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
