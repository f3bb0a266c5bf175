import { expect, it } from 'vitest'
import { addDays, clockOf, inCity, momentOf, mondayOf, today, weekOf } from './cityTime'

it('says a moment by the city’s clocks and back', () => {
  expect(momentOf('2026-03-09', '08:30', 'Asia/Shanghai')).toBe('2026-03-09T00:30:00.000Z')
  expect(clockOf('2026-03-08T23:30:00Z', 'Asia/Shanghai')).toEqual({ day: '2026-03-09', time: '07:30' })
  expect(today('Asia/Shanghai', Date.parse('2026-03-08T16:00:00Z'))).toBe('2026-03-09')
})

it('keeps the time of day over a change of the clocks', () => {
  const zone = 'America/New_York'
  expect(momentOf('2026-03-07', '08:00', zone)).toBe('2026-03-07T13:00:00.000Z')
  expect(momentOf('2026-03-08', '08:00', zone)).toBe('2026-03-08T12:00:00.000Z')
  expect(momentOf('2026-03-08', '02:30', zone)).toBe('2026-03-08T07:30:00.000Z')
  expect(momentOf('2026-11-01', '01:30', zone)).toBe('2026-11-01T05:30:00.000Z')
})

it('counts days and weeks over the ends of months and years', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
  expect(mondayOf('2027-01-03')).toBe('2026-12-28')
  expect(mondayOf('2026-12-28')).toBe('2026-12-28')
  expect(weekOf('2026-12-28').at(-1)).toBe('2027-01-03')
})

it('a moment of UTC is shown by the clocks of the city', () => {
  expect(inCity('2026-11-22T16:00:01.5Z', 'Asia/Shanghai')).toBe('2026-11-23 00:00:01')
  expect(inCity('2026-07-01T03:59:59Z', 'America/New_York')).toBe('2026-06-30 23:59:59')
})
