import t from 'tap'
import { createTold } from './told.mjs'

const PRINTED = `TAP version 14
# Subtest: test/good.test.ts
    # Subtest: a rule
        ok 1 - held
        ok 2 - held too
        1..2
    ok 1 - a rule # time=3.1ms

    1..1
    # time=12ms
ok 1 - test/good.test.ts # time=12ms

# Subtest: test/bad.test.ts
    # Subtest: another rule
        ok 1 - held
        not ok 2 - broken
          ---
          diff: |
            -1
            +2
          ...

        ok 3 - held after it
        1..3
    not ok 1 - another rule # time=5ms
      ---
      at:
        lineNumber: 3
      ...

    1..1
not ok 2 - test/bad.test.ts # time=14ms
  ---
  exitCode: 1
  ...

1..2
# { total: 5, pass: 4, fail: 1 }
# time=30ms
`

for (const size of [1, 7, PRINTED.length]) {
  t.test(`what tap printed is told in short, read by ${size}`, async (t) => {
    const told = createTold()
    for (let at = 0; at < PRINTED.length; at += size) told.write(PRINTED.slice(at, at + size))
    t.equal(told.count('pass'), 4)
    t.equal(told.count('fail'), 1)
    t.equal(told.count('skip'), 0)
    const [file, ...others] = told.failed
    t.equal(file?.name, 'test/bad.test.ts')
    t.equal(file?.passed, 2)
    t.match(file?.said.join('\n'), /^ {8}not ok 2 - broken\n.*-1\n.*\+2\n.*not ok 1 - another rule.*lineNumber: 3/s)
    t.notMatch(file?.said.join('\n'), 'held after it')
    t.same(others, [])
  })
}
