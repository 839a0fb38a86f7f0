import type { Change, DetailView, JourneyView, Snapshot } from '../view.ts'

/** What the page knows and what its reader chose. */
export interface State {
  snapshot: Snapshot | undefined
  live: boolean
  /** The login looked at; undefined follows the last one. */
  selected: number | undefined
  /** Exchanges opened, by id; undefined while they are read. */
  details: Map<number, DetailView | undefined>
  /** Exchanges whose secrets are shown. */
  unmasked: Set<number>
  /** Client secrets that were asked, by client id. */
  secrets: Map<string, string>
  /** What a lever answered last. */
  said: string
  /** Milliseconds that the sandbox's clock is ahead of this page's. */
  ahead: number
}

export const state: State = {
  snapshot: undefined,
  live: false,
  selected: undefined,
  details: new Map(),
  unmasked: new Set(),
  secrets: new Map(),
  said: '',
  ahead: 0
}

const kept = 50

/** Takes the whole state, when the page opens or the stream comes back. */
export function take(snapshot: Snapshot): void {
  state.snapshot = snapshot
  state.live = true
  state.ahead = snapshot.now - Date.now()
}

function changedJourneys(journeys: JourneyView[], changed: JourneyView): JourneyView[] {
  const others = journeys.filter(({ id }) => id !== changed.id)
  return [...others, changed].sort((a, b) => a.id - b.id).slice(-kept)
}

/** Takes one change. */
export function apply(change: Change): void {
  const { snapshot } = state
  if (!snapshot) return
  state.ahead = change.now - Date.now()
  if (change.kind === 'journey') snapshot.journeys = changedJourneys(snapshot.journeys, change.journey)
  if (change.kind === 'alone') snapshot.alone = change.steps
  if (change.kind === 'levers') snapshot.levers = change.levers
  if (change.kind === 'cleared') {
    Object.assign(snapshot, { journeys: [], alone: [] })
    state.selected = undefined
    state.details.clear()
  }
}

/** The login to show. */
export function shown(): JourneyView | undefined {
  const journeys = state.snapshot?.journeys ?? []
  return journeys.find(({ id }) => id === state.selected) ?? journeys.at(-1)
}

/** Seconds left until a moment of the sandbox's clock, never less than 0. */
export const secondsUntil = (moment: number): number =>
  Math.max(0, Math.ceil((moment - Date.now() - state.ahead) / 1000))
