import { expect, it } from 'vitest'
import { lampAt, remaining } from './lamp'
import { overview } from './overview'
import { brief } from './samples'

const at = (text: string): number => Date.parse(`2026-01-01T${text}+08:00`)

it('the lamp follows the clock without news from the server', () => {
  const ticket = brief(1)
  expect(lampAt(ticket, at('10:00:00'))).toBe('green')
  expect(lampAt(ticket, at('10:00:01'))).toBe('yellow')
  expect(lampAt(ticket, at('12:00:00'))).toBe('yellow')
  expect(lampAt(ticket, at('12:00:01'))).toBe('red')
})

it('no running clock means no lamp', () => {
  expect(lampAt(brief(1, { lamp: null, warnAt: null, dueAt: null }), at('13:00:00'))).toBeNull()
})

it('the rest of the time is counted in whole units, before and after', () => {
  expect(remaining('2026-01-03T12:30:05+08:00', at('12:00:00'))).toEqual({
    days: 2,
    hours: 0,
    minutes: 30,
    seconds: 5,
    over: false,
  })
  expect(remaining('2026-01-01T11:00:00+08:00', at('12:00:00'))).toMatchObject({ hours: 1, minutes: 0, over: true })
})

it('the first rows are those of a full sort', () => {
  let seed = 5
  const random = (): number => (seed = (seed * 16807) % 2147483647)
  const many = Array.from({ length: 400 }, (_, id) =>
    brief(id, { updatedAt: new Date(random() * 1000).toISOString(), dueAt: new Date(random() * 1000).toISOString() }),
  )
  const byTime = [...many].sort((a, b) =>
    a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : b.id - a.id,
  )
  const rows = overview(many, null, { lamp: null, sort: 'latest', limit: 30 }, 0).rows
  expect(rows.map((it) => it.id)).toEqual(byTime.slice(0, 30).map((it) => it.id))
})

it('the overview counts all, lists the view, and keeps what has no position', () => {
  const tickets = [
    brief(1, { updatedAt: '2026-01-01T08:00:01+08:00' }),
    brief(2, { position: { lon: 100, lat: 20, crs: 'WGS84' } }),
    brief(3, { position: null, dueAt: '2026-01-01T09:00:00+08:00', stage: 'HANDLE' }),
  ]
  const view = { west: 118, south: 32, east: 119, north: 33 }
  const sums = overview(tickets, view, { lamp: null, sort: 'latest', limit: 10 }, at('09:30:00'))
  expect(sums.lamps).toEqual({ green: 2, yellow: 0, red: 1, none: 0 })
  expect(sums.stages.get('HANDLE')).toBe(1)
  expect(sums.rows.map((it) => it.id)).toEqual([1, 3])
  const urgent = overview(tickets, view, { lamp: null, sort: 'due', limit: 1 }, at('09:30:00'))
  expect(urgent.rows.map((it) => it.id)).toEqual([3])
  expect(urgent.inView).toBe(2)
  expect(overview(tickets, null, { lamp: 'red', sort: 'due', limit: 9 }, at('09:30:00')).rows).toHaveLength(1)
})
