import t from 'tap'
import * as values from '../../src/options/option-values.ts'

const refused = (option: string, problem: RegExp) => ({ name: 'OptionProblem', option, message: problem })

t.test('one sentence that names the option, what is wrong, what is expected', async (t) => {
  t.throws(() => values.text(undefined, 'clientId', 'a text'), {
    message: 'option "clientId" is missing (undefined: is the environment variable set?); expected a text.'
  })
  t.throws(() => values.text('  ', 'clientId', 'a text'), refused('clientId', /not a non-empty string/))
  t.throws(() => values.whole(1.5, 'timeout', 1, 1, 9, 'milliseconds'), refused('timeout', /milliseconds, from 1 to 9/))
  t.throws(() => values.known({ x: 1 }, ['a', 'b']), refused('x', /is unknown; expected one of a, b/))
  t.throws(() => values.known({ x: 1 }, ['a'], 'routes'), refused('routes.x', /is unknown/))
  t.throws(() => values.known([], ['a']), refused('options', /not an object/))
  t.throws(() => values.flag('yes', 'pkce'), refused('pkce', /not a boolean/))
  t.throws(() => values.callable<unknown>(3, 'onError'), refused('onError', /not a function/))
  t.throws(() => values.dispatches({}, 'dispatcher'), refused('dispatcher', /Dispatcher/))
  t.throws(() => values.oneOf('HS256', 'alg', 'ES256', ['ES256', 'RS256']), refused('alg', /'ES256', 'RS256'/))
  t.throws(() => values.path('jwks', 'routes.jwks', '/jwks'), refused('routes.jwks', /not a path/))
  t.throws(() => values.path('//evil.example', 'routes.jwks', '/jwks'), refused('routes.jwks', /not a path/))
})

t.test('a secret is never repeated', async (t) => {
  for (const wrong of ['s3cret', ['s3cret'], [], 3]) {
    try {
      values.secrets(wrong, 'secret')
      t.fail('refused')
    } catch (error) {
      t.notMatch(String(error), /s3cret/)
    }
  }
})

t.test('addresses are https, or http on this machine', async (t) => {
  for (const good of [
    'https://a.example/api/v2',
    'http://localhost:4000/api/v2',
    'http://[::1]/',
    'http://127.0.0.1/'
  ]) {
    t.equal(values.address(good, 'issuer', 'a URL'), good)
  }
  const bad = [
    '',
    'a.example',
    'http://a.example',
    'https://u:p@a.example/',
    'https://a.example/?q',
    'https://a.example/#f'
  ]
  for (const address of [...bad, 3, undefined]) {
    t.throws(() => values.address(address, 'issuer', 'a URL'), refused('issuer', /https|URL/), String(address))
  }
})

t.test('what is right passes, with its default', async (t) => {
  t.equal(values.text('x', 'a', ''), 'x')
  t.equal(values.whole(undefined, 'a', 5, 1, 9, ''), 5)
  t.equal(values.flag(undefined, 'a'), false)
  t.equal(values.oneOf(undefined, 'a', 'ES256', ['ES256']), 'ES256')
  t.equal(values.path(undefined, 'a', '/x'), '/x')
  t.strictSame(values.secrets('s'.repeat(32), 'secret'), ['s'.repeat(32)])
  t.equal(values.isScope('ville_solde'), true)
  t.equal(values.isScope('ville solde'), false)
})
