#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { type KeyEncryptionAlgorithm, keyEncryptionAlgorithms } from 'franceconnect-protocol/decryption-keys'
import { checkOptions } from '../options/check.ts'
import type { FcProviderOptions, Settings } from '../options/options.ts'
import { examine } from './doctor.ts'
import { error, type Finding, printed } from './finding.ts'
import { help } from './help.ts'
import { newKey } from './key.ts'
import { type Described, fromEnvironment, fromFile, loadEnvironment } from './settings.ts'
import { printedSheet, sheetOf } from './sheet.ts'

const options = {
  config: { type: 'string' },
  env: { type: 'string' },
  'base-url': { type: 'string' },
  title: { type: 'string' },
  alg: { type: 'string', default: 'ECDH-ES' },
  offline: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false }
} as const

const print = (text: string) => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)

function parse() {
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch {
    return null
  }
}

type Given = NonNullable<ReturnType<typeof parse>>['values']

async function described(given: Given): Promise<Described | Finding> {
  const unread = given.env === undefined ? null : loadEnvironment(given.env)
  if (unread !== null) return unread
  const read = given.config === undefined ? fromEnvironment(process.env) : await fromFile(given.config)
  if ('level' in read) return read
  return { ...read, title: given.title ?? read.title, baseUrl: given['base-url'] ?? read.baseUrl }
}

/** The sheet is made before FranceConnect gives a client and before there is a key: what is missing is stood in for. */
async function standIns(read: Described): Promise<Record<string, unknown>> {
  const { environment, issuer, clientId, clientSecret, decryptionKeys, encryptedResponseAlg = 'ECDH-ES' } = read.options
  const alg = keyEncryptionAlgorithms.find((name) => name === encryptedResponseAlg)
  return {
    ...read.options,
    ...(environment === undefined && issuer === undefined && { environment: 'integration' }),
    clientId: clientId || 'to-come',
    clientSecret: clientSecret || 'to-come',
    decryptionKeys: decryptionKeys ?? (alg ? [await newKey(alg)] : undefined)
  }
}

function settingsOf(given: Record<string, unknown>): Settings | Finding {
  try {
    return checkOptions(given as unknown as FcProviderOptions)
  } catch (refused) {
    const message = (refused as Error).message.replace(/^fastify-fc-provider: /, '')
    return error('options-invalid', `Le plugin refuse ces réglages : ${message}`)
  }
}

function say(given: Given, source: string, findings: readonly Finding[]): number {
  const good = findings.every(({ level }) => level !== 'error')
  print(given.json ? JSON.stringify({ ok: good, findings }, null, 2) : printed(source, findings))
  return good ? 0 : 1
}

async function keyCommand(alg: string): Promise<number> {
  const known = keyEncryptionAlgorithms.find((name): name is KeyEncryptionAlgorithm => name === alg)
  if (known === undefined) {
    process.stderr.write(help)
    return 2
  }
  print(JSON.stringify(await newKey(known)))
  return 0
}

/** Runs the command and answers its exit code. */
async function run(): Promise<number> {
  const parsed = parse()
  const command = parsed?.positionals.join(' ')
  if (parsed?.values.help) {
    print(help)
    return 0
  }
  if (parsed === null || (command !== 'sheet' && command !== 'doctor' && command !== 'key')) {
    process.stderr.write(help)
    return 2
  }
  const given = parsed.values
  if (command === 'key') return keyCommand(given.alg)
  const read = await described(given)
  if ('level' in read) return say(given, 'aucun', [read])
  const settings = settingsOf(command === 'sheet' ? await standIns(read) : { ...read.options })
  if ('level' in settings) return say(given, read.source, [settings])
  if (command === 'doctor') return say(given, read.source, await examine(read, settings, given.offline))
  const sheet = sheetOf(read, settings)
  print(given.json ? JSON.stringify(sheet, null, 2) : printedSheet(sheet))
  return 0
}

run().then((code) => process.exit(code))
