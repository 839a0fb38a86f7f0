import t from 'tap'
import { authorizationResponses } from './cases/authorization-response.ts'
import { discoveries } from './cases/discovery.ts'
import { errorResponses } from './cases/error-response.ts'
import { tokenAnswers } from './cases/token-answer.ts'
import { checkCases } from './check-cases.ts'

await checkCases(t, [...authorizationResponses, ...errorResponses, ...tokenAnswers, ...discoveries])
