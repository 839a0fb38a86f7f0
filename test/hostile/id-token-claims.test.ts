import t from 'tap'
import { idTokenClaims } from './cases/id-token-claims.ts'
import { checkCases } from './check-cases.ts'

await checkCases(t, idTokenClaims)
