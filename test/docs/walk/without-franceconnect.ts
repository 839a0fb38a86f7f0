import { walk } from './walk.ts'

walk('docs/guides/without-franceconnect.md', async (_t, { begin, folder, next, look }) => {
  await begin()
  await next('js')
  await next('sh')
  await next('js')
  await next('js')
  await next('sh')
  const demande = `${folder.serviceUrl}/demande`
  await look(
    'the first page',
    (person) => person.open(demande),
    /^Votre demande FranceConnect est la solution .* S’identifier avec FranceConnect Qu’est-ce que FranceConnect \? ou Remplir/
  )
  await look(
    'the form by hand, sent',
    async (person) => {
      await person.click('Remplir la demande sans FranceConnect')
      await person.page.getByLabel('Votre quotient familial').fill('<b>1</b> & 2')
      await person.click('Envoyer')
      return person.read()
    },
    'Demande reçue, quotient familial : <b>1</b> & 2'
  )
  await look(
    'whoever leaves FranceConnect',
    async (person) => {
      await person.open(demande)
      await person.click('S’identifier avec FranceConnect')
      await person.click('Revenir sur')
      await person.page.waitForURL(`${demande}/saisie`)
      return person.read()
    },
    /^Votre demande Votre quotient familial Envoyer$/
  )
  await look(
    'the form filled in, sent',
    async (person) => {
      await person.open(demande)
      await person.click('S’identifier avec FranceConnect')
      await person.identify()
      await person.page.getByText('Transmis par la CAF ou la MSA.').waitFor()
      await person.click('Envoyer')
      return person.read()
    },
    /^Demande reçue, quotient familial : 872$/
  )
})
