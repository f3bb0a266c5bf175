import { expect, it } from 'vitest'
import type { TicketEvent, TicketLife } from '@/model/types'
import { draftToMend, matters, sentBack, wordsOf } from './matters'

const quiet: TicketLife = {
  supervision: 0,
  urges: 2,
  request: null,
  draft: null,
  resumeOn: null,
  parts: [],
  master: null,
  origin: null,
  split: [],
  check: null,
  appeal: 'none',
}

it('says nothing of a life in which nothing is open', () => {
  expect(matters(quiet).any).toBe(false)
})

it('tells what is asked for and until when', () => {
  const { any, request } = matters({
    ...quiet,
    request: { kind: 'suspension', step: 'asked', what: 'material', more: '', until: '2026-12-31' },
  })
  expect(any).toBe(true)
  expect(request?.action).toBe('requestSuspension')
  expect(request?.told.map((it) => it.value)).toEqual(['material', '2026-12-31'])
})

it('keeps the order of signatures', () => {
  const { draft } = matters({
    ...quiet,
    draft: {
      action: 'feedback',
      signed: 1,
      what: 'solved',
      more: '',
      chain: ['sectionHead@QX-CG', 'bureauLeader@QX-CG'],
    },
  })
  expect(draft?.told.map((it) => it.value)).toEqual(['solved'])
  expect(draft?.signed).toBe(1)
})

it('leads to the tickets that it came from and became, and says when nobody was drawn', () => {
  const { any, others, undrawn } = matters({ ...quiet, origin: 7, split: [8, 9], check: 'nobody' })
  expect(any).toBe(true)
  expect(others).toEqual([
    { id: 7, as: 'splitOff' },
    { id: 8, as: 'splitPart' },
    { id: 9, as: 'splitPart' },
  ])
  expect(undrawn).toBe(true)
  expect(matters({ ...quiet, check: 'drawn' }).any).toBe(false)
})

it('gives the words of the newest draft, not those of one that was sent back', () => {
  const event = (kind: string, words: string | null) => ({ kind, words }) as TicketEvent
  const events = [
    event('DraftMade', '已处理'),
    event('DraftSentBack', '请写明经过'),
    event('DraftMade', '已清运并冲洗'),
  ]
  expect(wordsOf(events, 'draft')).toBe('已清运并冲洗')
  expect(wordsOf(events, 'request')).toBe('')
})

it('says why it was handed back until that is answered, and gives the draft to mend', () => {
  const event = (kind: string, words: string | null, data = {}) => ({ kind, words, data }) as TicketEvent
  const made = event('DraftMade', '已处理', { action: 'feedback', what: 'solved' })
  const back = event('DraftSentBack', '请写明经过', { action: 'feedback' })
  const events = [made, back, event('ClockWarned', null), event('TicketUrged', '快')]
  expect(sentBack(events)).toBe(back)
  expect(draftToMend(events, 'feedback')).toBe(made)
  expect(draftToMend(events, 'return')).toBeNull()
  expect(sentBack([...events, made])).toBeNull()
  expect(sentBack([event('TicketReworked', '没有清干净')])?.words).toBe('没有清干净')
  expect(sentBack([event('TicketReworked', null)])).toBeNull()
  expect(sentBack([])).toBeNull()
})
