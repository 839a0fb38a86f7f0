import t from 'tap'
import { keySets } from './cases/key-set.ts'
import { userinfo } from './cases/userinfo.ts'
import { checkCases } from './check-cases.ts'

await checkCases(t, [...keySets, ...userinfo])
