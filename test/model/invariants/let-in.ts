import type { Invent } from './invariant.ts'

/** Nobody is in whom the application has not let in. */
export const letIn: Invent = (ledger, fail) => ({
  answered({ report, setCookie }) {
    const slots = setCookie.flatMap((line) => /^fc-login-\w+=1\.([\w-]{22})/.exec(line)?.[1] ?? [])
    for (const slot of [...slots, ...(report?.id ? [report.id] : [])])
      if (ledger.find(slot)?.agreed !== true) fail('let in: somebody is in whom the application has not let in')
  }
})
