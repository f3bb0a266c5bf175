/** 班表: shifts by person and day, and what copying a week or repeating a shift makes. */
import { addDays, clockOf, momentOf, type Day } from './cityTime'
import type { Names } from './types'

export interface DutyPerson {
  user: string
  name: string
  nameEn: string
  unit: string
  roles: { id: string; name: Names }[]
}

export interface Shift {
  id: number
  user: { user: string; name: string; nameEn: string } | null
  role: string
  roleName: Names
  unit: string
  area: string | null
  from: string
  until: string
}

export interface ShiftWish {
  user: string
  role: string
  area?: string
  from: string
  until: string
}

/** One line of the week: somebody and their shifts by day. */
export interface Row {
  user: string
  name: string
  nameEn: string
  unit: string
  person: DutyPerson | null
  days: Shift[][]
}

/** A shift stands on the day on which it begins, or on the first shown day when it began before. */
export function dayOf(shift: Shift, days: readonly Day[], zone: string): number {
  const begins = clockOf(shift.from, zone).day
  return begins < (days[0] ?? begins) ? 0 : days.indexOf(begins)
}

/** Everybody who has a shift or may get one, by unit in its given order, then by name. */
export function rowsOf(
  people: readonly DutyPerson[],
  shifts: readonly Shift[],
  days: readonly Day[],
  zone: string,
  unitOrder: (code: string) => number,
): Row[] {
  const rows = new Map<string, Row>()
  const empty = (): Shift[][] => days.map(() => [])
  for (const it of people) rows.set(it.user, { ...it, person: it, days: empty() })
  for (const shift of shifts) {
    if (!shift.user) continue
    const { user, name, nameEn } = shift.user
    const row = rows.get(user) ?? { user, name, nameEn, unit: shift.unit, person: null, days: empty() }
    rows.set(user, row)
    row.days[dayOf(shift, days, zone)]?.push(shift)
  }
  return [...rows.values()].sort(
    (one, other) =>
      unitOrder(one.unit) - unitOrder(other.unit) ||
      one.unit.localeCompare(other.unit) ||
      one.user.localeCompare(other.user, 'en', { numeric: true }),
  )
}

/** The same shift on these days; one that ends before it begins ends on the next day. */
export function onDays(
  who: { user: string; role: string; area: string },
  times: { from: string; until: string },
  days: readonly Day[],
  zone: string,
): ShiftWish[] {
  return days.map((day) => ({
    user: who.user,
    role: who.role,
    ...(who.area && { area: who.area }),
    from: momentOf(day, times.from, zone),
    until: momentOf(times.until > times.from ? day : addDays(day, 1), times.until, zone),
  }))
}

/** What is missing in a week of what was a week before, at the same times of day; nothing that is over already. */
export function copied(before: readonly Shift[], now: readonly Shift[], zone: string, moment: number): ShiftWish[] {
  const key = (user: string, role: string, area: string | null | undefined, from: string, until: string): string =>
    [user, role, area ?? '', Date.parse(from), Date.parse(until)].join('|')
  const there = new Set(now.map((it) => key(it.user?.user ?? '', it.role, it.area, it.from, it.until)))
  return before
    .flatMap((it) => (it.user ? [{ it, user: it.user.user }] : []))
    .map(({ it, user }) => ({ ...wishOf(it, user), from: later(it.from, zone), until: later(it.until, zone) }))
    .filter((it) => Date.parse(it.until) > moment && !there.has(key(it.user, it.role, it.area, it.from, it.until)))
}

function later(time: string, zone: string): string {
  const at = clockOf(time, zone)
  return momentOf(addDays(at.day, 7), at.time, zone)
}

/** What brings a shift back that was taken off. */
export function wishOf(shift: Shift, user: string): ShiftWish {
  return { user, role: shift.role, ...(shift.area && { area: shift.area }), from: shift.from, until: shift.until }
}

/** The time of day that most of these shifts have; what a first one begins with otherwise. */
export function usualTimes(shifts: readonly Shift[], zone: string): { from: string; until: string }[] {
  const counts = new Map<string, number>()
  for (const it of shifts) {
    const span = `${clockOf(it.from, zone).time} ${clockOf(it.until, zone).time}`
    counts.set(span, (counts.get(span) ?? 0) + 1)
  }
  return [...counts.entries()]
    .sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0]))
    .slice(0, 4)
    .map(([span]) => ({ from: span.slice(0, 5), until: span.slice(6) }))
}
