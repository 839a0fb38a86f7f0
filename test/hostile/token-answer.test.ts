import t from 'tap'
import { tokenAnswers } from './cases/token-answer.ts'
import { checkCases } from './check-cases.ts'

await checkCases(t, tokenAnswers)
