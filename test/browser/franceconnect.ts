import type { Page } from 'playwright-core'

interface Along {
  /** Called on each of FranceConnect's pages. */
  seen?(name: string): Promise<void>
}

/** Goes through the simulated FranceConnect as a citizen does: identity provider, identity, information page. */
export async function identify(page: Page, citizen: string, { seen }: Along = {}): Promise<void> {
  const provider = page.getByRole('button', { name: 'impots.gouv.fr' })
  await provider.waitFor()
  await seen?.('sandbox-choice')
  await provider.click()
  const person = page.locator(`button[name=login][value="${citizen}"]`)
  await person.waitFor()
  await seen?.('sandbox-citizens')
  await person.click()
  const accept = page.getByRole('button', { name: 'Continuer sur' })
  await accept.waitFor()
  await seen?.('sandbox-information')
  await accept.click()
}

/** The link of FranceConnect's pages back to the service, without logging in. */
export async function giveUp(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Revenir sur' }).click()
}
