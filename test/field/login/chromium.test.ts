import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { noBrowser } from '../../browser/chromium.ts'
import { startWindows } from './windows.ts'

t.test('in Chromium', { skip: noBrowser, timeout: 240_000 }, async (t) => {
  const { app, baseUrl, sandbox, browser, started } = await startWindows(t)
  const visit = async (path: string) => {
    started.length = 0
    const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(path.startsWith('http') ? path : baseUrl + path)
    return page
  }

  const visitAsAngela = async (path: string) => {
    const { cookie } = await sandbox.login(app, sandbox.citizens[0]!)
    const context = await browser.newContext({ locale: 'fr-FR' })
    const pairs = String(cookie).split('; ')
    await context.addCookies(
      pairs.map((pair) => ({ name: pair.split('=')[0]!, value: pair.replace(/^[^=]+=/, ''), url: baseUrl }))
    )
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(baseUrl + path)
    return { page, context }
  }
  const ends = () =>
    sandbox.requests.filter(({ path }) => path === `${new URL(sandbox.issuer).pathname}/session/end`).length

  await t.test('login() from a form reaches FranceConnect past the host’s form-action', async (t) => {
    const page = await visit('/formulaire')
    await page.getByRole('button', { name: 'Aller' }).click()
    await page.waitForURL((url) => url.href.startsWith(new URL(sandbox.issuer).origin))
    t.pass('no script, no block')
  })

  await t.test('hovering a link starts no login with Turbo 8', async (t) => {
    const page = await visit('/turbo')
    const asked: string[] = []
    page.on('response', (answer) => asked.push(`${answer.status()} ${new URL(answer.url()).pathname}`))
    await page.waitForFunction('window.Turbo !== undefined')
    for (const id of ['in', 'garde']) {
      const answered = page.waitForResponse((answer) => answer.url().endsWith(id === 'in' ? '/login' : '/garde'))
      await page.hover(`#${id}`)
      await answered
    }
    t.same(asked, ['425 /franceconnect/login', '425 /garde'])
    t.same(started, [])
    await page.click('#in')
    await page.waitForURL((url) => url.href.startsWith(new URL(sandbox.issuer).origin))
  })

  await t.test('a link that Turbo follows leads to FranceConnect and back to its page', async (t) => {
    for (const [id, path] of [
      ['in', '/franceconnect/login'],
      ['garde', '/franceconnect/login?returnTo=%2Fgarde']
    ]) {
      const page = await visit('/turbo')
      await page.waitForFunction('window.Turbo !== undefined')
      // by the keyboard: nothing was hovered
      await page.focus(`#${id}`)
      await page.keyboard.press('Enter')
      await page.waitForURL((url) => url.href.startsWith(new URL(sandbox.issuer).origin))
      t.same(started, [path])
    }
  })

  await t.test('hovering the logout link logs nobody out with Turbo 8, following it does', async (t) => {
    for (const hover of [true, false]) {
      const { page, context } = await visitAsAngela('/turbo')
      await page.waitForFunction('window.Turbo !== undefined')
      if (hover) {
        const answered = page.waitForResponse((answer) => answer.url().includes('/franceconnect/logout'))
        await page.hover('#out')
        t.equal((await answered).status(), 403)
        t.equal((await context.request.get(`${baseUrl}/garde`)).status(), 200, 'still logged in')
        await page.click('#out')
      } else {
        await page.focus('#out')
        await page.keyboard.press('Enter')
      }
      await page.waitForURL((url) => url.pathname !== '/turbo' && !url.pathname.startsWith('/franceconnect/logout'))
      t.equal((await context.request.get(`${baseUrl}/garde`)).status(), 401, 'logged out')
    }
  })

  await t.test('a form that Turbo sends reaches FranceConnect: to log out, and to log in', async (t) => {
    const { page, context } = await visitAsAngela('/turbo/formulaires')
    await page.waitForFunction('window.Turbo !== undefined')
    const before = ends()
    await page.getByRole('button', { name: 'Quitter' }).click()
    await page.waitForURL(`${baseUrl}/`)
    t.equal(ends() - before, 1)
    t.equal((await context.request.get(`${baseUrl}/garde`)).status(), 401, 'logged out')
    await page.goto(`${baseUrl}/turbo/formulaires`)
    await page.waitForFunction('window.Turbo !== undefined')
    await page.getByRole('button', { name: 'Aller' }).click()
    await page.waitForURL((url) => url.href.startsWith(new URL(sandbox.issuer).origin))
  })

  await t.test('a logout by a form, or by a link, inside a frame goes on in the window', async (t) => {
    for (const [role, name, next] of [
      ['button', 'Quitter', 'Terminer la déconnexion'],
      ['link', 'quitter', 'Se déconnecter']
    ] as const) {
      const { page, context } = await visitAsAngela('/cadre/sortie')
      const before = ends()
      const frame = page.frameLocator('iframe')
      await frame.getByRole(role, { name }).click()
      await frame.getByRole('link', { name: next }).click()
      await page.waitForURL(`${baseUrl}/`)
      t.equal(ends() - before, 1, role)
      t.equal((await context.request.get(`${baseUrl}/garde`)).status(), 401, 'logged out')
    }
  })

  await t.test('a page inside another site’s iframe opens the top window', async (t) => {
    const other = createServer((_request, answer) => {
      answer.setHeader('content-type', 'text/html; charset=utf-8')
      answer.end(`<!doctype html><iframe src="${baseUrl}/garde" width="600" height="600"></iframe>`)
    }).listen(0, '127.0.0.1')
    t.teardown(() => other.close())
    await new Promise((listening) => other.once('listening', listening))
    const page = await visit(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
    const link = page.frameLocator('iframe').getByRole('link', { name: 'Se connecter avec FranceConnect' })
    await link.waitFor()
    t.same(started, [], 'no attempt inside the frame')
    await link.click()
    await page.waitForURL((url) => url.href.startsWith(new URL(sandbox.issuer).origin))
    t.match(started, [/login\?returnTo=%2Fgarde$/])
  })

  await t.test('a service worker that rebuilds navigations shows the page, not JSON', async (t) => {
    const page = await visit('/')
    await page.evaluate(`navigator.serviceWorker.register('/sw.js').then(() => new Promise((done) =>
      navigator.serviceWorker.controller ? done() : navigator.serviceWorker.addEventListener('controllerchange', done)))`)
    await page.goto(`${baseUrl}/garde`)
    t.match(await page.textContent('h1'), 'Connectez-vous pour continuer')
  })

  await t.test('fetch, EventSource, WebSocket and an image start nothing', async (t) => {
    const page = await visit('/')
    const answers = await page.evaluate(`(async () => {
      const answer = await fetch('/garde', { referrerPolicy: 'no-referrer' })
      const source = new EventSource('/garde')
      await new Promise((done) => (source.onerror = done))
      const socket = new WebSocket(location.origin.replace('http', 'ws') + '/garde')
      await new Promise((done) => (socket.onerror = done))
      const image = new Image()
      image.src = '/franceconnect/login'
      await new Promise((done) => (image.onerror = done))
      return { status: answer.status, ...(await answer.json()) }
    })()`)
    t.match(answers, { status: 401, code: 'FST_FC_LOGIN_REQUIRED', loginUrl: `${baseUrl}/franceconnect/login` })
    t.same(started, [])
  })
})
