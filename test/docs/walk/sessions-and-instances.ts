import { noRedis, startRedis } from '../../../examples/several-instances/test/redis.ts'
import { walk } from './walk.ts'

walk(
  'docs/guides/sessions-and-instances.md',
  async (t, { begin, folder, next, look }) => {
    const redis = await startRedis()
    t.teardown(() => redis.stop())
    folder.move(6379, Number(new URL(redis.url).port))
    await begin()
    await next('sh')
    await next('js')
    await next('sh')
    const dossier = `${folder.serviceUrl}/dossier`
    await look(
      'a login',
      async (person) => {
        await person.page.goto(dossier)
        return person.identify()
      },
      /quotient familial : \d+/
    )
    await folder.interrupt()
    await next('sh')
    await next('js')
    await folder.type('node --env-file=.env server.js')
    await look(
      'still logged in after a restart',
      (person) => person.open(folder.serviceUrl),
      /^Bonjour Angela Claire Louise/
    )
    await look(
      'an account closed, and out',
      async (person) => {
        await person.open(`${folder.serviceUrl}/compte`)
        await person.click('Fermer mon compte')
        await person.page.waitForURL(`${folder.serviceUrl}/au-revoir`)
        return person.read()
      },
      /^Votre compte est fermé\.$/
    )
    await look('out', (person) => person.open(folder.serviceUrl), /^S’identifier/)
  },
  { skip: noRedis }
)
