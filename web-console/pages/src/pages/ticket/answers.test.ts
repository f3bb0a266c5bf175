import { expect, it } from 'vitest'
import type { ActionField, FieldType } from '@/model/types'
import { orphanedText, toFields, unanswered } from './answers'

const field = (name: string, type: FieldType, required = true): ActionField => ({
  name,
  type,
  required,
  label: { zh: name, en: name },
})
const fields = [
  field('solved', 'boolean'),
  field('unit', 'unit'),
  field('category', 'category'),
  field('note', 'text', false),
]

it('says what is still to be answered', () => {
  expect(unanswered(fields, { solved: 'false', unit: ' ' }).map((it) => it.name)).toEqual(['unit', 'category'])
})

it('sends each answer in the shape of its field and leaves out the empty ones', () => {
  expect(toFields(fields, { solved: 'false', unit: 'CG', category: 'event:06010', note: '  ', stray: 'x' })).toEqual({
    solved: false,
    unit: 'CG',
    category: { kind: 'event', code: '06010' },
  })
})

it('sends a moment as the city clocks show it, whatever the browser thinks', () => {
  const fields = [field('dueAt', 'time')]
  const due = { dueAt: '2026-12-31T17:00' }
  expect(toFields(fields, due, 'Asia/Shanghai')).toEqual({ dueAt: '2026-12-31T09:00:00.000Z' })
  expect(toFields(fields, due, 'America/New_York')).toEqual({ dueAt: '2026-12-31T22:00:00.000Z' })
})

it('keeps long words of an action that is no longer offered', () => {
  const offered = [{ action: 'rework', task: true, name: { zh: '', en: '' }, fields: [] }]
  const typed = {
    check: { note: '现场已经清理干净，无异味。', ground: 'duty' },
    rework: { reason: '这些字还在表单里不用救' },
  }
  expect(orphanedText(offered, typed)).toBe('现场已经清理干净，无异味。')
})
