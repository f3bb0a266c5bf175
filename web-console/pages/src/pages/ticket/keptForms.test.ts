import { expect, test } from 'vitest'
import { keepForm, readForm, type KeptForm } from './keptForms'

const form = (ticket: number, words: string): KeptForm => ({
  ticket,
  chosen: 'feedback',
  typed: { feedback: { words } },
  enclosed: {},
  excuses: {},
})

test('what was typed is found again by the same person for the same ticket', () => {
  const kept = keepForm(null, 'huanwei1', form(7, '已清运'))
  expect(readForm(kept, 'huanwei1', 7)?.typed.feedback?.words).toBe('已清运')
  expect(readForm(kept, 'huanwei1', 8)).toBeNull()
  expect(readForm(kept, 'huanwei2', 7)).toBeNull()
})

test('another person begins with nothing and leaves nothing of the first', () => {
  const first = keepForm(null, 'huanwei1', form(7, '已清运'))
  expect(keepForm(first, 'huanwei2', form(8, '已修复'))).not.toContain('已清运')
})

test('what is emptied or sent is forgotten', () => {
  const kept = keepForm(keepForm(null, 'a', form(7, 'one')), 'a', form(8, 'two'))
  const after = keepForm(kept, 'a', form(7, ' '))
  expect(readForm(after, 'a', 7)).toBeNull()
  expect(readForm(after, 'a', 8)).not.toBeNull()
  expect(keepForm(after, 'a', { ...form(8, ''), typed: {} })).toBeNull()
})

test('files alone are worth keeping, and ten tickets at most', () => {
  const files = { ...form(1, ''), enclosed: { feedback: [{ id: 5, type: 'image/png', bytes: 9, name: 'a.png' }] } }
  let kept = keepForm(null, 'a', files)
  expect(readForm(kept, 'a', 1)?.enclosed.feedback).toHaveLength(1)
  for (let ticket = 2; ticket <= 11; ticket++) kept = keepForm(kept, 'a', form(ticket, 'x'))
  expect(readForm(kept, 'a', 1)).toBeNull()
  expect(readForm(kept, 'a', 11)).not.toBeNull()
})

test.each([
  ['not json'],
  ['null'],
  ['[]'],
  ['{"user":"a","forms":{}}'],
  ['{"user":"a","forms":[null,{"ticket":7},{"ticket":7,"chosen":"x","typed":[],"enclosed":{},"excuses":{}}]}'],
])('%s is nothing', (text) => expect(readForm(text, 'a', 7)).toBeNull())
