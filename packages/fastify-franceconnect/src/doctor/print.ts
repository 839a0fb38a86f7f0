import type { Report } from './examine.ts'
import type { Finding, Level } from './finding.ts'
import { variables } from './settings.ts'

const marks: Record<Level, string> = {
  error: '✗ erreur   ',
  warning: '! attention',
  info: '· à savoir ',
  ok: '✓ bon      '
}
const order: readonly Level[] = ['error', 'warning', 'info', 'ok']

const plural = (count: number, word: string): string => `${count} ${word}${count > 1 ? 's' : ''}`

function line({ level, message, fix }: Finding): string {
  return `  ${marks[level]}  ${message}${fix ? `\n               → ${fix}` : ''}`
}

/** The report as a person reads it. */
export function printed(report: Report): string {
  const count = (level: Level) => report.findings.filter((finding) => finding.level === level).length
  const sorted = order.flatMap((level) => report.findings.filter((finding) => finding.level === level))
  return [
    `Réglages lus : ${report.source}`,
    `Plateforme   : ${report.platform}${report.issuer ? ` — ${report.issuer}` : ''}`,
    '',
    'À déclarer à l’octet près dans l’espace partenaires FranceConnect :',
    `  URL de retour après connexion     ${report.redirectUri ?? '(baseUrl manque)'}`,
    `  URL de retour après déconnexion   ${report.postLogoutRedirectUri ?? (report.redirectUri ? '(aucune)' : '(baseUrl manque)')}`,
    '',
    ...sorted.map(line),
    '',
    `${plural(count('error'), 'erreur')}, ${plural(count('warning'), 'avertissement')}.`,
    ''
  ].join('\n')
}

/** What `--help` shows. */
export const help = `Usage : fastify-franceconnect doctor [--config fichier] [--env .env] [--offline] [--json] [--help]

Lit les réglages du service et dit ce qui est faux ou risqué avant que FranceConnect ne le dise.

  --config fichier   fichier JSON, ou module ES qui exporte franceConnect (et fcData) :
                     les objets passés à register. Sinon, les variables d’environnement :
${Object.entries(variables)
  .map(([name, option]) => `                     ${name.padEnd(32)} ${option}`)
  .join('\n')}
  --env .env         lit d’abord les variables de ce fichier
  --offline          n’interroge pas FranceConnect. Sans cette option, quelques requêtes lui sont
                     faites : découverte et clés, début d’une connexion, échange d’un code inexistant.
  --json             le rapport en JSON
  --help             cette aide

Code de sortie : 0 sans erreur, 1 avec au moins une erreur, 2 si la commande est mal écrite.
`
