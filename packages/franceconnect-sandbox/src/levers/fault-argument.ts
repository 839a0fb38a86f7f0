import { errors } from '../errors.ts'
import type { Fault, FaultKind } from './faults.ts'

const numbers = ['status', 'delay', 'retryAfter', 'times'] as const

function detailOf(text: string, argument: string): [string, number] {
  const [name = '', value = ''] = text.split('=', 2)
  if ((numbers as readonly string[]).includes(name) && /^\d+$/.test(value)) return [name, Number(value)]
  throw new errors.invalidOptions(`--fault ${argument}: after the kind come ${numbers.join(', ')}, each =<number>`)
}

/**
 * Reads `--fault` arguments: `dgfip=down`, `dss/quotient-familial=rate-limit,retryAfter=2,times=1`.
 *
 * @throws FST_FC_SANDBOX_INVALID_OPTIONS; whether the target and the kind exist is checked where they are used.
 */
export function parseFaults(given: string[]): Record<string, Fault> {
  const entries = given.map((argument): [string, Fault] => {
    const at = argument.indexOf('=')
    if (at < 1) throw new errors.invalidOptions(`--fault ${argument}: write target=kind, such as dgfip=down`)
    const [kind = '', ...details] = argument.slice(at + 1).split(',')
    const read = Object.fromEntries(details.map((detail) => detailOf(detail, argument)))
    return [argument.slice(0, at), { kind: kind as FaultKind, ...read }]
  })
  return Object.fromEntries(entries)
}
