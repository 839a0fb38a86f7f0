import t from 'tap'
import { userinfo } from './cases/userinfo.ts'
import { checkCases } from './check-cases.ts'

await checkCases(t, userinfo)
