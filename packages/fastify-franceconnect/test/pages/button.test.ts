import t from 'tap'
import { buttonMarkup } from '../../src/pages/button.ts'

t.test('the official markup, a link, for both platforms', async (t) => {
  const low = buttonMarkup('https://a.example/franceconnect/login', false)
  t.match(low, '<a class="fr-connect" href="https://a.example/franceconnect/login">')
  t.match(low, '<span class="fr-connect__login">S’identifier avec</span>')
  t.match(low, '<span class="fr-connect__brand">FranceConnect</span>')
  t.match(low, 'href="https://franceconnect.gouv.fr/"')
  t.match(low, 'title="Qu’est-ce que FranceConnect ? - nouvelle fenêtre">Qu’est-ce que FranceConnect ?</a>')
  t.notMatch(low, /<(form|button|script)/)
  const plus = buttonMarkup('/x', true)
  t.match(plus, 'class="fr-connect fr-connect--plus"')
  t.match(plus, 'https://franceconnect.gouv.fr/france-connect-plus')
  t.notMatch(plus, '<img', 'no artwork that nobody gave')
  t.match(buttonMarkup('/x', false, '/images/fc.svg'), '<img class="fr-connect__logo" src="/images/fc.svg" alt="">')
})

t.test('an address cannot leave its attribute', async (t) => {
  t.notMatch(buttonMarkup('/x"><script>alert(1)</script>', false), /<script|x">/)
})
