import t from 'tap'
import { authorizationResponses } from './cases/authorization-response.ts'
import { discoveries } from './cases/discovery.ts'
import { errorResponses } from './cases/error-response.ts'
import { tokenAnswers } from './cases/token-answer.ts'
import { transports } from './cases/transport.ts'
import { checkCases } from './check-cases.ts'
import { bomb } from './transports.ts'

bomb()
await checkCases(t, [...authorizationResponses, ...errorResponses, ...tokenAnswers, ...discoveries, ...transports])
