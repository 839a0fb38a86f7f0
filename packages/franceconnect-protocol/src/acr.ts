import type { Platform } from './platforms.ts'

/** Levels of guarantee (eIDAS), from the lowest. */
export const levels = ['eidas1', 'eidas2', 'eidas3'] as const
export type AcrValues = (typeof levels)[number]

/** Whether a value is a known level. */
export function isLevel(value: unknown): value is AcrValues {
  return levels.includes(value as AcrValues)
}

/** Whether the level obtained is at least the one asked. An unknown level is never enough. */
export function isAtLeast(obtained: string, asked: AcrValues): boolean {
  return isLevel(obtained) && levels.indexOf(obtained) >= levels.indexOf(asked)
}

/** The platform that gives a level. */
export function platformOf(acrValues: AcrValues): Platform {
  return acrValues === 'eidas1' ? 'franceconnect' : 'franceconnect-plus'
}
