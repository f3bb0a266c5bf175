import { expect, it } from 'vitest'
import { weekOf } from './cityTime'
import { copied, onDays, rowsOf, usualTimes, type Shift } from './roster'

const zone = 'Asia/Shanghai'
const days = weekOf('2026-03-09')

function shift(id: number, user: string, from: string, until: string, it: Partial<Shift> = {}): Shift {
  return {
    id,
    user: { user, name: user, nameEn: user },
    role: 'operator',
    roleName: { zh: '话务员', en: 'Operator' },
    unit: 'A',
    area: null,
    from: `${from}:00+08:00`,
    until: `${until}:00+08:00`,
    ...it,
  }
}

it('a night shift stands on the day on which it begins', () => {
  const rows = rowsOf([], [shift(1, 'w', '2026-03-10T20:00', '2026-03-11T08:00')], days, zone, () => 0)
  expect(rows[0]?.days.map((it) => it.length)).toEqual([0, 1, 0, 0, 0, 0, 0])
})

it('what began on Sunday before is seen on Monday', () => {
  const rows = rowsOf([], [shift(1, 'w', '2026-03-08T20:00', '2026-03-09T08:00')], days, zone, () => 0)
  expect(rows[0]?.days[0]).toHaveLength(1)
})

it('an end before the beginning is the next day', () => {
  expect(
    onDays({ user: 'w', role: 'operator', area: '' }, { from: '20:00', until: '08:00' }, ['2026-03-10'], zone),
  ).toEqual([{ user: 'w', role: 'operator', from: '2026-03-10T12:00:00.000Z', until: '2026-03-11T00:00:00.000Z' }])
})

it('copies what is not there yet and not over yet', () => {
  const before = [
    shift(1, 'a', '2026-03-02T08:00', '2026-03-02T20:00'),
    shift(2, 'b', '2026-03-03T08:00', '2026-03-03T20:00', { area: '320113001' }),
    shift(3, 'c', '2026-03-04T08:00', '2026-03-04T20:00'),
  ]
  const now = [shift(9, 'c', '2026-03-11T08:00', '2026-03-11T20:00')]
  const moment = Date.parse('2026-03-10T00:00:00+08:00')
  expect(copied(before, now, zone, moment)).toEqual([
    {
      user: 'b',
      role: 'operator',
      area: '320113001',
      from: '2026-03-10T00:00:00.000Z',
      until: '2026-03-10T12:00:00.000Z',
    },
  ])
})

it('offers the times that are usual', () => {
  const some = [
    shift(1, 'a', '2026-03-09T20:00', '2026-03-10T08:00'),
    shift(2, 'b', '2026-03-09T08:00', '2026-03-09T20:00'),
    shift(3, 'c', '2026-03-10T08:00', '2026-03-10T20:00'),
  ]
  expect(usualTimes(some, zone)).toEqual([
    { from: '08:00', until: '20:00' },
    { from: '20:00', until: '08:00' },
  ])
})
