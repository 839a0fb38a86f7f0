import { askFranceConnect } from './ask.ts'
import { examineCredentials } from './credentials.ts'
import { examineDataScopes } from './data-scopes.ts'
import { type Finding, info } from './finding.ts'
import { examineIssuer } from './issuer.ts'
import { examineData, examineOptions, installedData } from './own-checks.ts'
import { nameOf, targetOf } from './platform.ts'
import { examineScopes } from './scopes.ts'
import { examineRuntime } from './session.ts'
import type { Settings } from './settings.ts'
import { type Declared, declaredUrls, examineUrls } from './urls.ts'

/** What the doctor found. `ok` is false as soon as one finding is an error. */
export interface Report extends Declared {
  readonly ok: boolean
  readonly source: string
  readonly platform: string
  readonly issuer: string | null
  readonly findings: readonly Finding[]
}

/**
 * Examines the settings of a service. With `offline` FranceConnect is not asked; `folder` is where the project's own
 * packages are looked for. Never throws, never shows a secret.
 */
export async function examine(
  settings: Settings,
  { offline, folder }: { offline: boolean; folder: string }
): Promise<Report> {
  const target = targetOf(settings.franceConnect)
  const data = await installedData(folder)
  const read = [
    ...examineIssuer(settings, target),
    ...examineCredentials(settings, target),
    ...examineUrls(settings, target),
    ...examineScopes(settings, target, data),
    ...examineDataScopes(settings, data),
    ...examineRuntime(settings, process.versions.node)
  ]
  const findings = [...read, ...examineOptions(settings, read), ...(await examineData(settings, folder))]
  const asked = offline
    ? [info('offline', { message: 'FranceConnect n’a pas été interrogé (--offline).' })]
    : await askFranceConnect(settings, target, data)
  return report(settings, nameOf(target), target.issuer, [...findings, ...asked])
}

function report(settings: Settings, platform: string, issuer: string | null, findings: Finding[]): Report {
  const ok = !findings.some((finding) => finding.level === 'error')
  return { ok, source: settings.source, platform, issuer, ...declaredUrls(settings), findings }
}
