import { expect, it } from 'vitest'
import type { CallView } from '@/model/types'
import { emptyDraft, toReport } from './draft'
import { fill, mayFill } from './fill'

const fresh = () => emptyDraft('wang', 'key-1', { channel: 'web', type: 'help', urgency: 'normal' })
const call = {
  id: 7,
  caller: { kind: 'number', phone: '+8613912345678', masked: '139****5678', name: '王样例' },
  lastPlace: { ticket: 3, address: '尧佳路12号', position: { lon: 118.9, lat: 32.1, crs: 'WGS84' }, place: null },
} as unknown as CallView

it('an untouched form takes everything', () => {
  const draft = fresh()
  expect(mayFill(draft)).toBe(true)
  fill(draft, call)
  expect(draft).toMatchObject({
    call: 7,
    channel: 'phone',
    phone: '+8613912345678',
    callerName: '王样例',
    address: '尧佳路12号',
  })
  expect(toReport({ ...draft, words: '垃圾' }).call).toBe(7)
})

it('what was typed stays', () => {
  const draft = { ...fresh(), phone: '110', address: '仙林大道' }
  expect(mayFill(draft)).toBe(false)
  fill(draft, call)
  expect(draft).toMatchObject({ call: 7, phone: '110', address: '仙林大道', position: null, callerName: '王样例' })
})

it('a report on its way is left alone', () => {
  const draft = { ...fresh(), sent: '{}' }
  expect(mayFill(draft)).toBe(false)
  fill(draft, call)
  expect(draft.call).toBeNull()
})

it('another channel than the phone names no call', () => {
  const draft = fresh()
  fill(draft, call)
  expect(toReport({ ...draft, channel: 'web', words: '垃圾' }).call).toBeUndefined()
})
