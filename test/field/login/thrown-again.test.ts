import { errors } from 'fastify-franceconnect'
import t from 'tap'
import { sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { callbackFor, espace, Jar, kinds, open, startService } from './services.ts'

const sandbox = await sandboxFor(t)
const pages = ['/dossier/123', '/dossier/456']
const retry = (page: string) => `/franceconnect/login?returnTo=${encodeURIComponent(page)}`

for (const kind of kinds) {
  t.test(`${kind}: one refusal thrown at every citizen tells each their own page`, async (t) => {
    const service = await startService(t, sandbox, kind)
    const { refusal } = service.app.franceConnect
    for (const [what, thrown] of Object.entries({
      'made once': refusal(),
      'made once, and frozen': Object.freeze(refusal()),
      'of the constructors': new errors.FST_FC_REFUSED_BY_SERVICE(),
      'a constructor with a text': Object.freeze(new errors.FST_FC_ACR_TOO_LOW('eidas1'))
    })) {
      service.onLogin(() => {
        throw thrown
      })
      for (const page of [...pages, ...pages]) {
        const jar = new Jar()
        const url = await callbackFor(service, sandbox, jar, 0, retry(page))
        for (const answer of [await open(service.app, jar, url), await open(service.app, jar, url)]) {
          t.equal(answer.statusCode, 403, what)
          t.match(answer.body, `href="http://localhost:3000${retry(page)}"`, what)
          t.match(answer.body, /<p>(Ce service|Votre connexion) n’a pas/, what)
        }
        t.match(await espace(service, jar), { sub: null })
      }
    }
    t.notMatch(service.lines.join(''), /"level":50/)
  })

  t.test(`${kind}: and so does an onError that takes its time, two citizens at once`, async (t) => {
    const told: unknown[] = []
    let both = () => {}
    const arrived = new Promise<void>((resolve) => {
      both = resolve
    })
    const service = await startService(t, sandbox, kind, {
      async onError(error, _request, reply) {
        if (told.push(error) === 2) both()
        await arrived
        const { returnTo, loginUrl, userMessage } = error as Error & Record<string, unknown>
        t.ok(error instanceof errors.FST_FC_REFUSED_BY_SERVICE)
        t.match(error.stack, 'thrown-again.test')
        return reply.code(403).send({ returnTo, loginUrl, userMessage })
      }
    })
    const shared = Object.assign(service.app.franceConnect.refusal(), { motif: 'fermé' })
    service.onLogin(() => {
      throw shared
    })
    const answers = await Promise.all(
      pages.map(async (page) => {
        const jar = new Jar()
        return open(service.app, jar, await callbackFor(service, sandbox, jar, 0, retry(page)))
      })
    )
    for (const [place, answer] of answers.entries())
      t.match(answer.json(), { returnTo: pages[place], loginUrl: `http://localhost:3000${retry(pages[place]!)}` })
    t.match(told, [{ motif: 'fermé' }, { motif: 'fermé' }])
  })
}
