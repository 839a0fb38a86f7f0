// Opens pages of the built site as people do, on a desktop and a phone, in the light and in the dark: axe, the width, the
// search. PICTURES=folder keeps what was seen.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
if (!existsSync(executablePath)) {
  console.log(`The site was built, and not looked at: no browser at ${executablePath}.`)
  process.exit(process.env.CI === 'true' ? 1 : 0)
}

const built = fileURLToPath(new URL('dist', import.meta.url))
const types = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
  svg: 'image/svg+xml'
}
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://site')
  const files = pathname.endsWith('/') ? [`${pathname}index.html`] : [pathname, `${pathname}.html`]
  for (const file of files) {
    const body = await readFile(join(built, file)).catch(() => null)
    if (body !== null)
      return response.setHeader('content-type', types[file.split('.').at(-1)] ?? 'text/plain').end(body)
  }
  return response.writeHead(404).end()
})
await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
const base = `http://127.0.0.1:${server.address().port}`

const paths = [
  '',
  'guides/get-started',
  'recipes/troubleshooting',
  'catalogue/',
  'catalogue/dss/quotient-familial',
  'catalogue/dgfip/situation-ir',
  'packages/fastify-fc-data',
  'find',
  'security'
]
const pages = [...paths.flatMap((path) => [`/${path}`, `/en/${path}`]), '/en/reference/fastify-franceconnect/']
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const wrong = []

for (const [viewport, colorScheme] of [
  [{ width: 1280, height: 900 }, 'light'],
  [{ width: 1280, height: 900 }, 'dark'],
  [{ width: 375, height: 800 }, 'light'],
  [{ width: 375, height: 800 }, 'dark']
]) {
  const page = await browser.newPage({ viewport, colorScheme })
  page.on('pageerror', (error) => wrong.push(`${page.url()}: ${error.message}`))
  for (const path of pages) {
    const answer = await page.goto(base + path, { waitUntil: 'networkidle' })
    await page.evaluate(axe)
    const found = await page.evaluate(async () => {
      const { violations } = await globalThis.axe.run({ resultTypes: ['violations'] })
      const lines = violations.map(({ id, nodes }) => `${id}: ${nodes[0].target.join(' ')}`)
      const width = document.documentElement.scrollWidth
      return width > window.innerWidth ? [...lines, `${width} px wide`] : lines
    })
    if (answer?.status() !== 200) found.push(`status ${answer?.status()}`)
    wrong.push(...found.map((line) => `${viewport.width} px, ${colorScheme}, ${path}: ${line}`))
    if (process.env.PICTURES) {
      const name = `${viewport.width}-${colorScheme}${path.replaceAll('/', '-')}.png`
      await page.screenshot({ path: join(process.env.PICTURES, name) })
    }
  }
  await page.close()
}

const page = await browser.newPage()
// a busy machine takes its time to read the index of the search
page.setDefaultTimeout(120_000)
await page.goto(`${base}/`, { waitUntil: 'networkidle' })
await page.getByRole('button', { name: 'Rechercher' }).click()
await page.locator('.search-input').fill('jeton expiré')
await page.locator('.result').first().waitFor()
const first = await page.locator('.result').first().textContent()
if (!/jeton/.test(first ?? '')) wrong.push(`the search for « jeton expiré » finds « ${first} »`)

await page.goto(`${base}/find`, { waitUntil: 'networkidle' })
const found = async () => (await page.locator('tbody tr').allInnerTexts()).join('\n')
await page.getByLabel('Version de Node.js').selectOption('20')
if (!/tsc/.test(await found()) || /quotient-familial/.test(await found())) wrong.push('the filter of Node.js 20')
await page.getByLabel('Version de Node.js').selectOption({ label: 'Toutes' })
await page.getByLabel('Plateforme').selectOption('FranceConnect+')
await page.locator('.filters select').nth(2).selectOption('dgfip/situation-ir')
if (!/dgfip\/situation-ir/.test(await found()) || /quotient-familial/.test(await found()))
  wrong.push('the filter of FranceConnect+')

// whoever reads French only meets no English page
for (const path of paths) {
  await page.goto(`${base}/${path}`, { waitUntil: 'networkidle' })
  const hrefs = await page
    .locator('main a, aside a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  const english = hrefs.filter((href) => /^\/en\//.test(href))
  if (english.length > 0) wrong.push(`/${path} leads to ${[...new Set(english)].join(', ')}`)
}

await browser.close()
server.close()
console.log(wrong.length === 0 ? `${pages.length} pages looked at four times each: nothing wrong.` : wrong.join('\n'))
process.exit(wrong.length === 0 ? 0 : 1)
