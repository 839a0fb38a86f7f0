// One process for all: each costs a second.
import './after.ts'
import './before.ts'
import './diff.ts'
