import t from 'tap'
import { encryptions } from './cases/encryption.ts'
import { idTokenClaims } from './cases/id-token-claims.ts'
import { idTokenSignature } from './cases/id-token-signature.ts'
import { keySets } from './cases/key-set.ts'
import { userinfo } from './cases/userinfo.ts'
import { checkCases } from './check-cases.ts'

await checkCases(t, [...idTokenClaims, ...idTokenSignature, ...encryptions, ...keySets, ...userinfo])
