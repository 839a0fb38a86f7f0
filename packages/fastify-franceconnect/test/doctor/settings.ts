import { examine, type Report } from '../../src/doctor/examine.ts'
import { fromEnvironment } from '../../src/doctor/settings.ts'

/** Settings of a service that has nothing wrong, against FranceConnect's integration platform. */
export const sound: Readonly<Record<string, string>> = {
  FC_ENVIRONMENT: 'integration',
  FC_CLIENT_ID: '0123456789abcdef'.repeat(4),
  FC_CLIENT_SECRET: 'fedcba9876543210'.repeat(4),
  FC_BASE_URL: 'https://demarche.example.fr',
  SESSION_SECRET: '9f2c4b1e7a605d38c1b4e29f7085a36d'
}

export const folder = new URL('../..', import.meta.url).pathname

/** The report without asking FranceConnect, on sound settings changed by `changes`. */
export function offline(changes: Record<string, string | undefined> = {}): Promise<Report> {
  return examine(fromEnvironment({ ...sound, ...changes }), { offline: true, folder })
}

/** Codes of the findings of a level. */
export function codes(report: Report, level: string): string[] {
  return report.findings.filter((finding) => finding.level === level).map((finding) => finding.code)
}
