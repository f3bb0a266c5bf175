import { expect, test } from 'vitest'
import { asked, BLIND_MS, GAP_MS, happened, isDue, LAG_MS, LIVE_MS, neverAsked } from './askAgain'

const start = 1_000_000
const quiet = asked(neverAsked, start)

test('the first question goes out at once', () => expect(isDue(neverAsked, start, true)).toBe(true))

test('with the feed at work nobody asks for two minutes, without it every quarter of one', () => {
  expect(isDue(quiet, start + LIVE_MS - 1, true)).toBe(false)
  expect(isDue(quiet, start + LIVE_MS, true)).toBe(true)
  expect(isDue(quiet, start + BLIND_MS - 1, false)).toBe(false)
  expect(isDue(quiet, start + BLIND_MS, false)).toBe(true)
})

test('what happens after a silence is asked for within two seconds', () => {
  const later = start + 60_000
  expect(isDue(happened(quiet, later, 0), later + LAG_MS, true)).toBe(true)
  expect(isDue(happened(quiet, later, 1), later + LAG_MS, true)).toBe(false)
  expect(isDue(happened(quiet, later, 1), later + 2 * LAG_MS, true)).toBe(true)
})

test('a thousand changes in a minute cost no more questions than the old clock did', () => {
  let asking = quiet
  let questions = 0
  for (let now = start; now < start + 60_000; now += 60) {
    asking = happened(asking, now, 0.5)
    if (!isDue(asking, now, true)) continue
    questions += 1
    asking = asked(asking, now)
  }
  expect(questions).toBeLessThanOrEqual(60_000 / GAP_MS)
})

test('what happened an instant before the question is asked for again', () => {
  const asking = asked(happened(happened(quiet, start + 20_000, 0), start + 20_990, 0), start + 21_000)
  expect(isDue(asking, start + 21_000 + GAP_MS, true)).toBe(true)
  expect(isDue(asked(happened(quiet, start + 20_000, 0), start + 30_000), start + 30_000 + GAP_MS, true)).toBe(false)
})
