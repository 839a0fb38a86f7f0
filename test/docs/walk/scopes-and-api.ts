import { walk } from './walk.ts'

walk('docs/guides/scopes-and-api.md', async (t, { begin, folder, next, look }) => {
  await begin()
  await next('js')
  t.match(await next('sh'), 'cnaf_quotient_familial →')
  await next('js')
  await next('js')
  await next('sh')
  await look(
    'both data',
    async (person) => {
      await person.page.goto(`${folder.serviceUrl}/demande`)
      await person.identify()
      // the second API asks scopes of its own: FranceConnect shows once more what it will send
      const arrived = person.page.getByText('Quotient familial')
      const more = person.page.getByRole('button', { name: 'Continuer sur' })
      await arrived.or(more).waitFor()
      if (await more.isVisible()) await more.click()
      await arrived.waitFor()
      return person.read()
    },
    /^Quotient familial : \d+, revenu fiscal : \d+, parts : [\d.]+$/
  )
})
