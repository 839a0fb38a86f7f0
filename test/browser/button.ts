import { readFileSync } from 'node:fs'
import Fastify from 'fastify'
import franceConnect from 'fastify-franceconnect'
import type { Page } from 'playwright-core'
import t from 'tap'
import { violations } from './accessibility.ts'
import { noBrowser, phone } from './chromium.ts'
import { service as demarche } from './scene.ts'

const sheet = readFileSync(new URL('../../packages/fastify-franceconnect/button.css', import.meta.url), 'utf8')
const artwork = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48"><path fill="#fff" d="M20 4 4 13v20l16 9 16-9V13z"/></svg>`

/** The two buttons, in a page that follows the citizen's colours or knows only light. */
const document = (buttons: string[], scheme: string) => `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Me connecter</title>
<link rel="stylesheet" href="/button.css"><style>:root{color-scheme:${scheme}} body{font:1rem/1.5 sans-serif;background:Canvas;color:CanvasText}</style>
</head><body><main><h1>Me connecter</h1>${buttons.join('')}</main></body></html>`

const look = (page: Page) =>
  page
    .locator('.fr-connect')
    .first()
    .evaluate((button) => {
      const { backgroundColor, borderTopColor, outlineStyle, outlineWidth } = getComputedStyle(button)
      return { backgroundColor, borderTopColor, outlineStyle, outlineWidth }
    })

t.test('button.css gives the button its look, whatever the colours', { skip: noBrowser }, async (t) => {
  if (demarche === undefined) return
  const { sandbox, browser } = demarche
  const app = Fastify()
  await app.register(franceConnect, {
    ...sandbox.franceConnectOptions,
    baseUrl: 'http://localhost:3000',
    buttonLogo: '/fc.svg'
  })
  app.get('/button.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(sheet))
  app.get('/fc.svg', (_request, reply) => reply.type('image/svg+xml').send(artwork))
  app.get('/:scheme', (request, reply) => {
    const { scheme } = request.params as { scheme: string }
    const buttons = [app.franceConnect.button(), app.franceConnect.button({ plus: true })]
    const bare = app.franceConnect.button().replace(/<img[^>]*>/, '')
    return reply.type('text/html; charset=utf-8').send(document([...buttons, bare], scheme.replace('+', ' ')))
  })
  const url = await app.listen({ port: 0, host: 'localhost' })
  t.teardown(() => app.close())

  for (const [name, scheme, options, background] of [
    ['light', 'light+dark', { colorScheme: 'light' }, 'rgb(0, 0, 145)'],
    ['dark', 'light+dark', { colorScheme: 'dark' }, 'rgb(133, 133, 246)'],
    ['a page that knows only light, in the dark', 'light', { colorScheme: 'dark' }, 'rgb(0, 0, 145)'],
    ['forced colours', 'light+dark', { forcedColors: 'active' }, null]
  ] as const) {
    const context = await browser.newContext({ viewport: phone, ...options })
    const page = await context.newPage()
    await page.goto(`${url}/${scheme}`)
    t.strictSame(await violations(page), [], `axe: ${name}`)
    const { backgroundColor, borderTopColor } = await look(page)
    if (background === null) t.not(borderTopColor, backgroundColor, 'an outline where colours are forced')
    else t.equal(backgroundColor, background, name)
    await page.keyboard.press('Tab')
    t.match(await look(page), { outlineStyle: 'solid', outlineWidth: '2px' }, 'the focus is seen')
    if (process.env.PICTURES) {
      await page.screenshot({ path: `${process.env.PICTURES}/button-${name.replaceAll(/\W+/g, '-')}.png` })
    }
    await context.close()
  }
})
