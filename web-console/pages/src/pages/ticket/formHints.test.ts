import { expect, it } from 'vitest'
import { brief } from '@/model/samples'
import type { ActionField, FieldType, OfferedAction, Ticket, TicketEvent } from '@/model/types'
import { fieldsToAsk, firstAnswers, isOneLine, likely } from './formHints'

const field = (name: string, type: FieldType, ids: string[] = [], required = false): ActionField => ({
  name,
  type,
  required,
  label: { zh: name, en: name },
  options: ids.map((id) => ({ id, name: { zh: id, en: id } })),
})
const action = (id: string, ...fields: ActionField[]): OfferedAction => ({
  action: id,
  task: true,
  name: { zh: id, en: id },
  fields,
})
const ticket = (it: Partial<Ticket>): Ticket => ({
  ...brief(1),
  words: '',
  address: null,
  caller: null,
  suggestions: [],
  candidates: [],
  owner: null,
  deadlines: [],
  ...it,
})
const names = (fields: ActionField[]): string[] => fields.map((it) => it.name)

it('asks a refusal only for the routes of its outcome, and then needs one', () => {
  const refusal = action(
    'proposeReject',
    field('outcome', 'choice', ['transfer', 'legalRoute', 'explain']),
    field('route', 'choice', ['110', '119', 'litigation']),
    field('reason', 'text'),
  )
  expect(names(fieldsToAsk(refusal, {}))).toEqual(['outcome', 'reason'])
  expect(names(fieldsToAsk(refusal, { outcome: 'explain' }))).toEqual(['outcome', 'reason'])
  const emergency = fieldsToAsk(refusal, { outcome: 'transfer' })[1]
  expect(emergency?.options?.map((it) => it.id)).toEqual(['110', '119'])
  expect(emergency?.required).toBe(true)
  expect(fieldsToAsk(refusal, { outcome: 'legalRoute' })[1]?.options?.map((it) => it.id)).toEqual(['litigation'])
})

it('puts the three questions to reached callers only, of merged tickets and of the platform above too', () => {
  for (const id of ['revisit', 'revisitMerged', 'parentRevisit']) {
    const form = action(id, field('reached', 'boolean'), field('solved', 'boolean'), field('note', 'text'))
    expect(names(fieldsToAsk(form, { reached: 'false' }))).toEqual(['reached', 'note'])
    expect(fieldsToAsk(form, { reached: 'true' }).map((it) => it.required)).toEqual([true, true, false])
  }
})

it('begins with the category that the ticket has', () => {
  const accept = action('accept', field('category', 'category', [], true))
  const known = ticket({ category: { kind: 'event', code: '06010', name: '垃圾', nameEn: 'rubbish' } })
  expect(firstAnswers(accept, known)).toEqual({ category: 'event:06010' })
  expect(firstAnswers(accept, ticket({}))).toEqual({})
})

it('begins with the draft that a signer sent back', () => {
  const event = (kind: string, words: string, data: object) => ({ kind, words, data }) as unknown as TicketEvent
  const events = [
    event('DraftMade', '不属本单位', { action: 'return', what: 'area', more: 'QX-LH' }),
    event('DraftSentBack', '依据不足', { action: 'return' }),
  ]
  const fields = [field('ground', 'choice'), field('proposedUnit', 'unit'), field('reason', 'text')]
  const first = { ground: 'area', proposedUnit: 'QX-LH', reason: '不属本单位' }
  expect(firstAnswers(action('return', ...fields), ticket({}), events)).toEqual(first)
  expect(firstAnswers(action('feedback', ...fields), ticket({}), events)).toEqual({})
})

it('offers the proposed unit before the candidates, and never the returning unit to itself', () => {
  const candidates = ['QX-CG', 'QX-SW'].map((unit) => ({ unit, name: unit, nameEn: unit }))
  const returned = { kind: 'TicketReturned', data: { proposedUnit: 'QX-LH' } } as unknown as TicketEvent
  const it = ticket({ unit: 'QX-CG', candidates })
  expect(likely('dispatch', field('unit', 'unit'), it, [returned])).toEqual(['QX-LH', 'QX-CG', 'QX-SW'])
  expect(likely('return', field('proposedUnit', 'unit'), it, [returned])).toEqual(['QX-SW'])
  expect(likely('joinUnit', field('unit', 'unit'), it, [returned])).toEqual([])
})

it('keeps numbers on one line', () => {
  expect(isOneLine(field('number', 'text'))).toBe(true)
  expect(isOneLine(field('reason', 'text'))).toBe(false)
})
