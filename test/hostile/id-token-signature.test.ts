import t from 'tap'
import { idTokenSignature } from './cases/id-token-signature.ts'
import { checkCases } from './check-cases.ts'

await checkCases(t, idTokenSignature)
