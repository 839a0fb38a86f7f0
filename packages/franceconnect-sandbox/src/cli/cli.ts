#!/usr/bin/env node
import { help, parseArguments } from './cli-arguments.ts'
import { welcome } from './cli-welcome.ts'

try {
  const asked = parseArguments(process.argv.slice(2))
  if (asked === 'help') {
    process.stdout.write(help)
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
