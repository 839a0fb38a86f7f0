let day: Intl.DateTimeFormat | undefined

/** The day in Paris, `YYYY-MM-DD`: data providers count theirs there, wherever this server stands. */
export function parisDay(now: Date): string {
  // made when it is needed: it takes as long as all the rest of this package at start
  day ??= new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' })
  return day.format(now)
}

/** A month as the quotient familial names it. */
export interface Mois {
  annee: number
  /** 1 to 12. */
  mois: number
}

/** The present month in Paris. */
export function monthOf(now: Date): Mois {
  const [annee, mois] = parisDay(now).split('-')
  return { annee: Number(annee), mois: Number(mois) }
}
