import t from 'tap'
import { errorResponses } from './cases/error-response.ts'
import { checkCases } from './check-cases.ts'

await checkCases(t, errorResponses)
