import type { Locator, Page } from 'playwright-core'

export const button = (page: Page): Locator => page.getByRole('link', { name: 'S’identifier avec FranceConnect' })

/** What every citizen has to type, FranceConnect or not. */
export async function complete(page: Page): Promise<void> {
  await page.getByLabel('Épargne et biens de valeur').fill('1 200')
  await page.getByLabel('Immobilier hors résidence principale').fill('0')
  await page.getByLabel('De quoi s’agit-il ?').selectOption({ label: 'Logement : loyer, expulsion, voisinage' })
  await page.getByLabel('En quelques phrases').fill('Mon bailleur garde mon dépôt de garantie.')
  await page.getByLabel('Adresse électronique').fill('angela@exemple.fr')
  await page.getByText('Je certifie sur l’honneur').click()
}

/** What those who come without FranceConnect type as well. */
export async function introduce(page: Page): Promise<void> {
  await page.getByLabel('Nom de naissance').fill('Dubois')
  await page.getByLabel('Prénoms').fill('Angela')
  await page.getByLabel('Année', { exact: true }).fill('1962')
  await page.getByLabel('Lieu de naissance').fill('Paris')
  await page.getByLabel('Revenu fiscal de référence, en euros').fill('11 000')
  await page.getByLabel('Nombre de personnes').fill('1')
}

export async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Envoyer ma demande' }).click()
}

export const acknowledged = (page: Page): Locator =>
  page.getByRole('heading', { name: 'Votre demande est enregistrée' })
