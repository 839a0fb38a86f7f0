import { describe } from '../hostile/case.ts'
import { authorizationResponses } from '../hostile/cases/authorization-response.ts'
import { discoveries } from '../hostile/cases/discovery.ts'
import { encryptions } from '../hostile/cases/encryption.ts'
import { errorResponses } from '../hostile/cases/error-response.ts'
import { idTokenClaims } from '../hostile/cases/id-token-claims.ts'
import { idTokenSignature } from '../hostile/cases/id-token-signature.ts'
import { keySets } from '../hostile/cases/key-set.ts'
import { tokenAnswers } from '../hostile/cases/token-answer.ts'
import { transports } from '../hostile/cases/transport.ts'
import { userinfo } from '../hostile/cases/userinfo.ts'
import { runCases } from '../hostile/run-case.ts'

const families = {
  'Answer of the authorization endpoint': [...authorizationResponses, ...errorResponses],
  'Claims of the ID Token': idTokenClaims,
  'Signature and shape of the ID Token': idTokenSignature,
  'Encryption, where decryption keys are registered': encryptions,
  'Key set': keySets,
  Userinfo: userinfo,
  'Answer of the token endpoint': tokenAnswers,
  Discovery: discoveries,
  Transport: transports
}

/** Prints, in Markdown, what became of a login under each misbehaviour of the provider, as just measured. */
for (const [title, cases] of Object.entries(families)) {
  const reports = await runCases(cases)
  console.log(`### ${title}\n\n| case | the provider | a login ends | next login |\n|---|---|---|---|`)
  for (const { name, line, does } of cases) {
    const { outcome, recovered } = reports.get(name)!
    const ends = outcome.startsWith('unexpected') ? outcome : describe(outcome as Parameters<typeof describe>[0])
    console.log(`| \`${name}\` (${line}) | ${escaped(does)} | ${ends} | ${recovered === true ? 'works' : recovered} |`)
  }
  console.log('')
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}
