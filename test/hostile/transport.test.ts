import t from 'tap'
import { transports } from './cases/transport.ts'
import { checkCases } from './check-cases.ts'
import { bomb } from './transports.ts'

bomb()
await checkCases(t, transports)
