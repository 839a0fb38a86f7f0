import t from 'tap'
import { authorizationResponses } from './cases/authorization-response.ts'
import { checkCases } from './check-cases.ts'

await checkCases(t, authorizationResponses)
