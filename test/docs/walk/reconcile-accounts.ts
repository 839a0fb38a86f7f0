import { walk } from './walk.ts'

walk('docs/guides/reconcile-accounts.md', async (_t, { begin, folder, next, look }) => {
  await begin()
  await next('js')
  await next('sh')
  const account = `${folder.serviceUrl}/compte`
  const question = /^Avez-vous déjà un compte \?/
  const leave = '/franceconnect/logout'

  await look(
    'a first visit',
    async (person) => {
      await person.page.goto(account)
      return person.identify('test')
    },
    question
  )
  await look(
    'a wrong password ties nothing',
    async (person) => {
      await person.page.getByLabel('Adresse électronique').fill('camille@exemple.fr')
      await person.page.getByLabel('Mot de passe').fill('faux')
      await person.click('Associer ce compte à mon identité FranceConnect')
      await person.page.getByText('Aucun compte').waitFor()
      return person.open(account)
    },
    question
  )
  await look(
    'the right one does',
    async (person) => {
      await person.page.getByLabel('Adresse électronique').fill('camille@exemple.fr')
      await person.page.getByLabel('Mot de passe').fill('cantine')
      await person.click('Associer ce compte à mon identité FranceConnect')
      await person.page.waitForURL(account)
      return person.read()
    },
    /^Compte n° 1/
  )
  await look(
    'somebody else opens an account, and closes it',
    async (person) => {
      await person.page.evaluate(`location.href = '${leave}'`)
      await person.page.waitForURL(`${folder.serviceUrl}/`)
      await person.page.goto(account)
      await person.identify('avec_nom_dusage')
      await person.click('Non, ouvrir un compte')
      await person.page.waitForURL(account)
      const seen = await person.read()
      await person.click('Fermer mon compte')
      await person.page.waitForURL(`${folder.serviceUrl}/compte-ferme`)
      return `${seen} ${await person.read()}`
    },
    /^Compte n° 2 .*Votre compte est fermé\.$/
  )
  await look(
    'a closed account is refused, and FranceConnect asks again who is there',
    async (person) => {
      await person.page.goto(account)
      await person.identify('avec_nom_dusage')
      await person.page.waitForURL(`${folder.serviceUrl}/compte-ferme`)
      const seen = await person.read()
      await person.page.goto(account)
      return `${seen} ${await person.read()}`
    },
    /^Votre compte est fermé\. .*impots\.gouv\.fr/
  )
  await look(
    'an account deleted by its owner',
    async (person) => {
      await person.identify('test')
      await person.click('Supprimer mon compte')
      await person.page.waitForURL(`${folder.serviceUrl}/au-revoir`)
      return person.read()
    },
    /^Votre compte est supprimé\.$/
  )
  await look(
    'is not there any more',
    async (person) => {
      await person.page.goto(account)
      return person.identify('test')
    },
    question
  )
})
