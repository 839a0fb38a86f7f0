import type { Sent } from '../browser.ts'
import type { Invent } from './invariant.ts'

/** What the application wrote for somebody is shown to nobody else. */
export const data: Invent = (ledger, fail) => {
  /** When pages were answered, by visit. */
  const answeredAt = new Map<number, number>()

  function look({ report, browser, person }: Sent): void {
    if (report === null) return
    const { id, sub, notes } = report
    const login = ledger.find(id)
    if (id !== null && login?.sub !== sub) fail('data: a login shows another citizen')
    if (id !== null && login?.browser !== browser.name) fail('data: a browser opened another browser’s login')
    for (const owner of notes) {
      const [, of, whose, page] = /^nobody-(\d+)-(\d+)-(\d+)$/.exec(owner) ?? []
      // what was still under way when its owner left cannot be told from what the next one writes
      const wasThere = (answeredAt.get(Number(page)) ?? Infinity) < (ledger.left.get(`${of}-${whose}`) ?? 0)
      if (of === undefined) {
        if (owner !== sub) fail(`data: ${sub ?? 'nobody'} is shown what was written for ${owner}`)
      } else if (Number(of) !== browser.name) fail('data: a browser is shown another browser’s draft')
      else if (Number(whose) < person && wasThere)
        fail('data: somebody is shown the draft of who logged out before him')
    }
  }
  return {
    answered(sent) {
      look(sent)
      answeredAt.set(sent.id, sent.answeredAt)
    }
  }
}
