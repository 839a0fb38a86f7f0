import t from 'tap'
import { discoveries } from './cases/discovery.ts'
import { checkCases } from './check-cases.ts'

await checkCases(t, discoveries)
