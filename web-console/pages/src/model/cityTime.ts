/** Days and times of day as the city's clocks show them, whatever the browser's own zone. */

/** `2026-03-09`. */
export type Day = string

const pieces = new Map<string, Intl.DateTimeFormat>()

function format(zone: string): Intl.DateTimeFormat {
  let found = pieces.get(zone)
  if (!found) {
    found = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    pieces.set(zone, found)
  }
  return found
}

/** What the city's clocks show at a moment, as if they stood in UTC: milliseconds. */
function shown(moment: number, zone: string): number {
  const at: Record<string, number> = {}
  for (const { type, value } of format(zone).formatToParts(moment)) at[type] = Number(value)
  return Date.UTC(at.year ?? 0, (at.month ?? 1) - 1, at.day ?? 1, at.hour ?? 0, at.minute ?? 0, at.second ?? 0)
}

/**
 * The moment at which the city's clocks show this, as RFC 3339 in UTC. An hour that is skipped in spring is the one
 * after it; one that comes twice in autumn is its first.
 */
export function momentOf(day: Day, time: string, zone: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  const candidates = [wanted - 86_400_000, wanted + 86_400_000]
    .map((near) => wanted - (shown(near, zone) - near))
    .sort((one, other) => one - other)
  const exact = candidates.find((moment) => shown(moment, zone) === wanted)
  return new Date(exact ?? candidates[candidates.length - 1] ?? wanted).toISOString()
}

/** Day and time of day at a moment. */
export function clockOf(moment: string, zone: string): { day: Day; time: string } {
  const text = new Date(shown(Date.parse(moment), zone)).toISOString()
  return { day: text.slice(0, 10), time: text.slice(11, 16) }
}

/** A moment of UTC as the city's clocks show it, to the second. */
export function inCity(moment: string, zone: string): string {
  return new Date(shown(Date.parse(moment), zone)).toISOString().slice(0, 19).replace('T', ' ')
}

export function today(zone: string, now = Date.now()): Day {
  return clockOf(new Date(now).toISOString(), zone).day
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The Monday of a day's week. */
export function mondayOf(day: Day): Day {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return addDays(day, -((weekday + 6) % 7))
}

/** Seven days from a Monday on. */
export function weekOf(monday: Day): Day[] {
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index))
}
