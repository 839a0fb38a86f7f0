#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { examine } from './examine.ts'
import { help, printed } from './print.ts'
import { fromEnvironment, fromFile, loadEnvironment } from './settings.ts'

const options = {
  config: { type: 'string' },
  env: { type: 'string' },
  offline: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false }
} as const

function parse() {
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch {
    return null
  }
}

/** Runs the command and answers its exit code. */
async function run(): Promise<number> {
  const parsed = parse()
  if (parsed?.values.help) {
    process.stdout.write(help)
    return 0
  }
  if (parsed === null || parsed.positionals.join(' ') !== 'doctor') {
    process.stderr.write(help)
    return 2
  }
  const { config, offline, json, env: envFile } = parsed.values
  const unread = envFile === undefined ? null : loadEnvironment(envFile)
  const settings = unread ?? (config ? await fromFile(config, process.env) : fromEnvironment(process.env))
  if ('level' in settings) {
    const { message, fix } = settings
    process.stdout.write(json ? `${JSON.stringify({ ok: false, findings: [settings] })}\n` : `${message}\n→ ${fix}\n`)
    return 1
  }
  const report = await examine(settings, { offline, folder: process.cwd() })
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : printed(report))
  return report.ok ? 0 : 1
}

run().then((code) => process.exit(code))
