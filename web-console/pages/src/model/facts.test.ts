import { expect, it } from 'vitest'
import { toldBy, wish } from './facts'

it('tells on which ground a unit returns, and whom it proposes', () => {
  expect(toldBy('TicketReturned', { ground: 'wrongDuty', proposedUnit: 'QX-SW', signedBy: [] })).toEqual([
    { as: 'field', action: 'return', field: 'ground', value: 'wrongDuty' },
    { as: 'field', action: 'return', field: 'proposedUnit', value: 'QX-SW' },
  ])
})

it('counts signatures beside the drafter', () => {
  const told = toldBy('FeedbackGiven', { result: 'solved', signedBy: [7, 8, 9] })
  expect(told[1]).toEqual({ as: 'signatures', value: '2' })
})

it('says nothing of questions that an unreached caller was not asked', () => {
  expect(toldBy('CallerRevisited', { answer: 'unreached', contacted: '', outcome: '', satisfaction: '' })).toEqual([
    { as: 'field', action: 'revisit', field: 'reached', value: 'false' },
  ])
})

it('says nothing of steps that it does not know, and of data that is kept back', () => {
  expect(toldBy('SomethingNew', { a: 1 })).toEqual([])
  expect(toldBy('TicketReturned', {})).toEqual([])
  expect(toldBy('TicketReturned', null)).toEqual([])
})

it('reads a draft by the action that it becomes', () => {
  expect(wish('requestExtension', 'half', '')).toEqual([
    { as: 'field', action: 'requestExtension', field: 'share', value: 'half' },
  ])
})
