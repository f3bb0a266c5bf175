import { expect, it } from 'vitest'
import { emptyDraft, findCategory, isTouched, missing, readDraft, toReport } from './draft'

const fresh = () => emptyDraft('wang', 'key-1', { channel: 'phone', type: 'help', urgency: 'normal' })

it('an empty form lacks words and a place', () => {
  expect(missing(fresh())).toEqual(['words', 'place'])
  expect(missing({ ...fresh(), words: ' a ', address: '仙林大道' })).toEqual([])
  expect(isTouched(fresh())).toBe(false)
})

it('the report leaves out what is empty', () => {
  expect(toReport({ ...fresh(), words: ' 垃圾 ', address: ' ' })).toEqual({
    channel: 'phone',
    type: 'help',
    words: '垃圾',
    urgency: 'normal',
  })
  const full = toReport({
    ...fresh(),
    words: '垃圾',
    phone: '138',
    confidential: true,
    position: { lon: 1, lat: 2, crs: 'WGS84' },
    category: { kind: 'event', code: '06010' },
  })
  expect(full.caller).toEqual({ phone: '138', confidential: true })
  expect(full.position).toEqual({ lon: 1, lat: 2, crs: 'WGS84' })
})

it('a component is place enough, and goes along by its code', () => {
  const named = { ...fresh(), words: '坏了', component: '32011303005000001' }
  expect(missing(named)).toEqual([])
  expect(toReport(named).component).toBe('32011303005000001')
  expect(isTouched({ ...fresh(), component: '32011303005000001' })).toBe(true)
})

it('a draft survives a reload with its key and the bytes that were sent, but only for its own person', () => {
  const draft = { ...fresh(), words: '停水', sent: '{"x":1}' }
  const kept = JSON.stringify(draft)
  expect(readDraft(kept, 'wang')).toEqual(draft)
  expect(readDraft(kept, 'li')).toBeNull()
  expect(readDraft('{broken', 'wang')).toBeNull()
  expect(readDraft(null, 'wang')).toBeNull()
})

it('a category is known by kind and code', () => {
  const tree = [{ kind: 'event', code: '06010', parent: null, name: '', nameEn: '', leaf: true }]
  expect(findCategory(tree, 'event:06010')).toEqual({ kind: 'event', code: '06010' })
  expect(findCategory(tree, 'component:06010')).toBeNull()
})
