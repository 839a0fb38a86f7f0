import type { Actor } from '../exchange.ts'
import type { JourneyState } from '../view.ts'

export const actors: Record<Actor, string> = {
  browser: 'Navigateur',
  service: 'Service',
  franceConnect: 'FranceConnect',
  dataProvider: 'Fournisseur de données'
}

export const states: Record<JourneyState, string> = {
  running: 'en cours',
  code: 'code remis, /token attendu',
  connected: 'connecté',
  refused: 'refusé',
  left: 'abandonné',
  loggedOut: 'déconnecté'
}

/** A moment of the sandbox's clock, as its reader's watch would say it. */
export const time = (moment: number): string => new Date(moment).toLocaleTimeString('fr-FR')

export const seconds = (count: number): string => (count === 0 ? 'terminé' : `encore ${count} s`)
