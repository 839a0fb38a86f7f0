import { type Finding, info, warning } from './finding.ts'
import type { Settings } from './settings.ts'

/** Something that the lists of DataPass and FranceConnect say of a scope, as fastify-fc-data tells it. */
export interface DataScope {
  readonly api: string
  readonly scope: string
  readonly kind: string
  readonly on?: string
  readonly near?: string
}

/** What the project's fastify-fc-data says of an `apis` option. */
export interface DataScopes {
  /** The scopes that every login asks. */
  asked(apis: readonly unknown[]): readonly string[]
  notices(apis: readonly unknown[]): readonly DataScope[]
}

/** The `apis` option, as far as it can be read. */
export function apisOf({ fcData }: Settings): readonly unknown[] {
  return Array.isArray(fcData?.['apis']) ? fcData['apis'] : []
}

const dayOf = (on = '') => on.split('-').reverse().join('/')

/** Where FranceConnect drops a scope, the list of FranceConnect says it already. */
const told: Record<string, (notice: DataScope) => Finding> = {
  'not-granted': ({ api, scope, on }) =>
    warning('scope-not-offered', {
      option: 'fcData.apis',
      message: `DataPass ne propose pas le scope ${scope} de ${api} (vu le ${dayOf(on)}) : s’il n’est pas dans votre habilitation, toute connexion échoue.`,
      fix: 'Retirez-le de scopes, sauf si votre habilitation le porte.'
    }),
  unknown: ({ api, scope, near }) =>
    warning('scope-unlisted', {
      option: 'fcData.apis',
      message: `Le scope ${scope} n’est pas un de ceux de ${api} dans le catalogue.`,
      fix: near ? `Vouliez-vous écrire ${near} ?` : 'Vérifiez-le dans votre habilitation.'
    }),
  'none-asked': ({ api }) =>
    warning('scope-none', {
      option: 'fcData.apis',
      message: `Aucun scope de ${api} n’est demandé : DataPass n’en propose aucun.`,
      fix: 'Donnez dans scopes ceux de votre habilitation.'
    })
}

/** What the lists say of the scopes of the data, or that they could not be read. */
export function examineDataScopes(settings: Settings, data: DataScopes | null): Finding[] {
  if (data === null) return []
  if (settings.fcData === undefined) {
    const message =
      'Les scopes de fastify-fc-data n’ont pas été lus : ils sont dans votre code, et chaque connexion les demande aussi.'
    return [info('data-unread', { option: 'fcData', message: `${message} Donnez-les par --config.` })]
  }
  return data.notices(apisOf(settings)).flatMap((notice) => told[notice.kind]?.(notice) ?? [])
}
