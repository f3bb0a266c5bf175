/** When to ask the server again for something that the live feed only hints at. Times are milliseconds. */

/** With the feed at work a question is only the safety net. */
export const LIVE_MS = 120_000
/** Without it, questions are all there is. */
export const BLIND_MS = 15_000
/** However much happens in somebody's scope, they ask no more often than this. */
export const GAP_MS = 15_000
/** What a step brings is written down a moment after the feed told of the step. */
export const LAG_MS = 1_000

export interface Asking {
  /** When the last question went out; 0 before the first. */
  askedAt: number
  /** When to ask because of something that happened; null when nothing did. */
  wantedAt: number | null
  /** The newest that happened. */
  happenedAt: number
}

export const neverAsked: Asking = { askedAt: 0, wantedAt: null, happenedAt: 0 }

/** Something happened; `spread` (0 to 1) keeps everybody who heard of it from asking in the same instant. */
export function happened(asking: Asking, now: number, spread: number): Asking {
  const soon = Math.max(now + LAG_MS + spread * LAG_MS, asking.askedAt + GAP_MS)
  return { ...asking, happenedAt: now, wantedAt: asking.wantedAt ?? soon }
}

/** What happened so short ago that the answer may not hold it yet is asked for once more. */
export function asked(asking: Asking, now: number): Asking {
  const early = asking.happenedAt > 0 && asking.happenedAt > now - LAG_MS
  return { ...asking, askedAt: now, wantedAt: early ? now + GAP_MS : null }
}

export function isDue(asking: Asking, now: number, live: boolean): boolean {
  if (asking.wantedAt !== null && now >= asking.wantedAt) return true
  return now - asking.askedAt >= (live ? LIVE_MS : BLIND_MS)
}
