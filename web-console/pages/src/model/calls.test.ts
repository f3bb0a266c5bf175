import { expect, it } from 'vitest'
import { clock, drop, hear, know, readable, reconcile, seconds, shown, type DeskCall } from './calls'
import type { CallBrief, CallView } from './types'

const at = '2026-11-22T10:00:00.000+08:00'
const brief = (id: number, state: CallBrief['state']): CallBrief => ({
  id,
  state,
  since: at,
  rangAt: at,
  answeredAt: null,
  endedAt: null,
})

it('a ring is shown, an answer changes it, an end stays', () => {
  let calls = hear([], brief(1, 'ringing'))
  calls = hear(calls, brief(1, 'talking'))
  expect(calls.map((call) => call.state)).toEqual(['talking'])
  calls = hear(calls, brief(1, 'ended'))
  calls = hear(calls, brief(1, 'talking'))
  expect(calls.map((call) => call.state)).toEqual(['ended'])
})

it('a call that is over before anybody heard of it is no news', () => {
  expect(hear([], brief(1, 'ended'))).toEqual([])
  expect(hear([], brief(1, 'missed'))).toEqual([])
})

it('who is talked with is shown before who waits, unless another was chosen', () => {
  const calls = [brief(1, 'talking'), brief(2, 'ringing')].reduce<DeskCall[]>(hear, [])
  expect(shown(calls, null)?.id).toBe(1)
  expect(shown(calls, 2)?.id).toBe(2)
  expect(shown(drop(calls, 2), 2)?.id).toBe(1)
  expect(shown([], null)).toBeNull()
})

it('what the server no longer names is over, and what was missed is there', () => {
  const calls = reconcile(hear([], brief(1, 'talking')), [brief(2, 'ringing')], new Set([1]))
  expect(calls.map((call) => [call.id, call.state])).toEqual([
    [1, 'ended'],
    [2, 'ringing'],
  ])
})

it('a list that was written before a ring does not end it', () => {
  const calls = reconcile(hear([], brief(1, 'ringing')), [], new Set())
  expect(calls.map((call) => call.state)).toEqual(['ringing'])
})

it('a list that was written before an answer does not take it back', () => {
  const talking = { ...brief(1, 'talking'), since: '2026-11-22T10:00:05.000+08:00' }
  const calls = reconcile(hear(hear([], brief(1, 'ringing')), talking), [brief(1, 'ringing')], new Set([1]))
  expect(calls.map((call) => call.state)).toEqual(['talking'])
})

it('what is known of the caller stays when the call goes on', () => {
  const view = { ...brief(1, 'ringing'), callsToday: 2 } as CallView
  const calls = hear(know(hear([], brief(1, 'ringing')), view), brief(1, 'held'))
  expect(calls[0]?.view?.callsToday).toBe(2)
  expect(calls[0]?.state).toBe('held')
})

it('old calls that are over give way, live ones never', () => {
  let calls: DeskCall[] = []
  for (let id = 1; id <= 30; id += 1) {
    calls = hear(calls, brief(id, 'ringing'))
    if (id > 2) calls = hear(calls, brief(id, 'ended'))
  }
  expect(calls.length).toBeLessThanOrEqual(6)
  expect(calls.slice(0, 2).map((call) => call.id)).toEqual([1, 2])
})

it('durations run while the call lives and stand when it is over', () => {
  const talking = { ...brief(1, 'talking'), answeredAt: at }
  expect(seconds(talking, Date.parse(at) + 65_400)).toBe(65)
  const ended = { ...talking, state: 'ended' as const, since: '2026-11-22T10:00:09.000+08:00' }
  expect(seconds(ended, Date.parse(at) + 999_999)).toBe(9)
  expect(clock(65)).toBe('01:05')
  expect(clock(3 * 3600 + 61)).toBe('3:01:01')
})

it('a Chinese mobile is read in groups', () => {
  expect(readable('+8613912345678')).toBe('139 1234 5678')
  expect(readable('+862585550000')).toBe('+862585550000')
})
