import { identityProviders } from '../../citizens/identity-providers.ts'
import { type Browser, formIn, type Step } from './browser.ts'
import { failureIn, loginFailed } from './login-failure.ts'

/** How a login is walked. */
export interface WalkOptions {
  /** The level that the identity provider answers; the one asked when left out. */
  acr?: string
  /** Leaves at the choice of an identity provider instead of logging in. */
  cancel?: boolean
}

const stopped = (step: Step, where: string) => loginFailed(where, failureIn({ status: step.status, body: step.text }))

function formOf(step: Step) {
  const form = formIn(step)
  if (!form || step.status >= 400) throw stopped(step, `a page of status ${step.status}`)
  return form
}

/**
 * Walks a login from the authorization URL to the address that the service would receive, as a citizen does: choice
 * of an identity provider, citizen, information page. A living session of `browser` skips what FranceConnect skips.
 *
 * @throws FST_FC_SANDBOX_LOGIN_FAILED with the code, the reason and the words of the page on which the login ended.
 */
export async function walk(
  browser: Browser,
  url: string,
  citizenId: string,
  options: WalkOptions = {}
): Promise<string> {
  let step = await browser.follow(await browser.get(url))
  for (let pages = 0; step.location === undefined || browser.isHere(step.location); pages += 1) {
    if (pages > 5) throw stopped(step, 'a page that comes back')
    step = await browser.follow(await answer(browser, step, citizenId, options))
  }
  return step.location
}

async function answer(browser: Browser, step: Step, citizenId: string, { acr, cancel }: WalkOptions): Promise<Step> {
  const { action, fields } = formOf(step)
  if (action.endsWith('/redirect-to-idp')) {
    if (cancel) return browser.get(new URL(leave(step), step.url).href)
    return browser.post(action, { ...fields, providerUid: providerIn(step) })
  }
  if (action.endsWith('/login')) return browser.post(action, { ...fields, consent: 'on', accept: '1' })
  const asked = new URL(action).searchParams.get('acr_values') ?? ''
  return browser.post(action, { ...fields, login: citizenId, acr: acr ?? asked })
}

const leave = (step: Step): string =>
  /id="back-to-sp-link" href="([^"]+)"/.exec(step.text)![1]!.replaceAll('&amp;', '&')

function providerIn(step: Step): string {
  const offered = [...step.text.matchAll(/name="providerUid" value="([^"]+)"(?! disabled)/g)].map(([, uid]) => uid!)
  const known = Object.values(identityProviders).flat()
  return offered.find((uid) => known.some((provider) => provider.uid === uid))!
}
