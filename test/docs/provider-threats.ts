import {
  encryptions,
  envelopes,
  type Fault,
  introspections,
  signatures,
  transports
} from '../hostile-provider/faults.ts'

const families: [title: string, faults: Fault[]][] = [
  ['Its signature', signatures],
  ['Its encryption', encryptions],
  ['The JWT around', envelopes],
  ['What it says of the token', introspections],
  ['How it comes', transports]
]

/** What a data provider answers when FranceConnect misbehaves: the outcomes that test/hostile-provider holds. */
export function providerThreats(): string {
  const sections = families.map(([title, faults]) => {
    const rows = faults.map(({ name, status, code }) => `| ${name} | ${status} ${code} |`)
    return [`## ${title}`, '', '| Answer of checktoken | Access |', '|---|---|', ...rows].join('\n')
  })
  return `# What becomes of an access when FranceConnect misbehaves towards a data provider

Held by \`test/hostile-provider\`: each answer is bent in one way, the access is refused as the table says within the time-out,
no handler runs, nothing leaks, and the next access is served.

${sections.join('\n\n')}
`
}
