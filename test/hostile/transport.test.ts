import t from 'tap'
import { transports } from './cases/transport.ts'
import { checkCases } from './check-cases.ts'

await checkCases(t, transports)
