/**
 * Reads what tap prints, as it comes, and keeps what a person looks for at the end: which files failed, in which
 * assertions, and the figures.
 */
export function createTold() {
  const failed = []
  let figures = ''
  let rest = ''
  let file = []

  function endOfFile(line) {
    const name = /^not ok \d+ - (.+?)(?: # time=.*)?$/.exec(line)?.[1]
    if (name !== undefined) failed.push({ name, passed: file.filter(isPassed).length, said: complaints(file) })
    file = []
  }

  function read(line) {
    if (/^(not )?ok \d+ - /.test(line)) endOfFile(line)
    else if (/^# \{/.test(line)) figures = line
    else file.push(line)
  }

  return {
    failed,
    write(chunk) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()
      lines.forEach(read)
    },
    /** How many assertions tap counted as `pass`, `fail` or `skip`. */
    count: (name) => Number(new RegExp(`\\b${name}: (\\d+)`).exec(figures)?.[1] ?? 0)
  }
}

/** An assertion, not the line that closes a subtest, which bears its time. */
const isPassed = (line) => /^ +ok \d+/.test(line) && !line.includes('# time=')

/** Each failed assertion with what tap says of it, without the stack of tap itself. */
function complaints(lines) {
  const kept = []
  let within
  for (const line of lines) {
    const indent = line.search(/\S/)
    if (/^ +not ok \d+/.test(line)) within = indent
    else if (within !== undefined && line.trim() !== '' && indent <= within) within = undefined
    if (within !== undefined) kept.push(line.slice(0, 300))
  }
  return kept.slice(0, 80)
}
