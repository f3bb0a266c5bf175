import { describe, expect, it } from 'vitest'
import { brief } from './samples'
import type { Brief } from './types'
import {
  apply,
  applyAll,
  emptyWorld,
  FAREWELL_MS,
  RECENT_LIMIT,
  type ChangeEvent,
  type SnapshotEvent,
  type World,
} from './world'

const snapshot = (seq: number, tickets: Brief[], it: Partial<SnapshotEvent> = {}): SnapshotEvent => ({
  type: 'snapshot',
  epoch: 'a',
  seq,
  tickets,
  last: true,
  ...it,
})
const change = (seq: number, ticket: Brief, heardAt = 0): ChangeEvent => ({
  type: 'change',
  seq,
  kind: 'DISPATCHED',
  ticket,
  heardAt,
})
const ids = (world: World): number[] => [...world.open.keys()].sort((a, b) => a - b)

describe('a snapshot', () => {
  it('is taken only when its last part has come', () => {
    const half = apply(emptyWorld, snapshot(5, [brief(1)], { last: false }))
    expect(half.complete).toBe(false)
    expect(ids(half)).toEqual([])
    const whole = apply(half, snapshot(5, [brief(2)]))
    expect(whole.complete).toBe(true)
    expect(ids(whole)).toEqual([1, 2])
    expect(whole.seq).toBe(5)
  })

  it('replaces what was known, for tickets may have left in silence', () => {
    const world = applyAll(emptyWorld, [snapshot(5, [brief(1), brief(2)]), snapshot(9, [brief(2)])])
    expect(ids(world)).toEqual([2])
  })

  it('of another epoch starts the numbers anew', () => {
    const world = applyAll(emptyWorld, [snapshot(900, [brief(1)]), snapshot(3, [brief(1)], { epoch: 'b' })])
    expect(world.seq).toBe(3)
    expect(world.epoch).toBe('b')
  })
})

describe('a change', () => {
  const start = apply(emptyWorld, snapshot(5, [brief(1, { version: 4 })]))

  it('applies when its version is not lower than the known one', () => {
    expect(apply(start, change(6, brief(1, { version: 5, state: 'HANDLING' }))).open.get(1)?.state).toBe('HANDLING')
    expect(apply(start, change(6, brief(1, { version: 4, lamp: 'red' }))).open.get(1)?.lamp).toBe('red')
    expect(apply(start, change(6, brief(1, { version: 3, state: 'REGISTERED' }))).open.get(1)?.version).toBe(4)
  })

  it('never takes seq back', () => {
    const world = applyAll(start, [change(9, brief(2)), change(7, brief(3)), { type: 'heartbeat', seq: 2 }])
    expect(world.seq).toBe(9)
    expect(ids(world)).toEqual([1, 2, 3])
  })

  it('leaves the world before untouched', () => {
    apply(start, change(6, brief(2)))
    expect(ids(start)).toEqual([1])
  })

  it('is news once, with the newest first and a limit', () => {
    const world = applyAll(start, [change(6, brief(1, { version: 5 })), change(7, brief(1, { version: 5 }))])
    expect(world.recent).toHaveLength(1)
    const many = applyAll(
      start,
      Array.from({ length: RECENT_LIMIT + 20 }, (_, n) => change(10 + n, brief(100 + n))),
    )
    expect(many.recent).toHaveLength(RECENT_LIMIT)
    expect(many.recent[0]?.ticket.id).toBe(100 + RECENT_LIMIT + 19)
    expect(many.recent[0]?.isNew).toBe(true)
  })
})

describe('a closed ticket', () => {
  const start = apply(emptyWorld, snapshot(5, [brief(1)]))
  const closed = apply(start, change(6, brief(1, { version: 9, state: 'CLOSED' }), 1000))

  it('stays for its farewell and then leaves', () => {
    expect(ids(closed)).toEqual([1])
    expect(ids(apply(closed, { type: 'tick', at: 1000 + FAREWELL_MS - 1 }))).toEqual([1])
    expect(ids(apply(closed, { type: 'tick', at: 1000 + FAREWELL_MS }))).toEqual([])
  })

  it('is not brought back by late news', () => {
    const gone = apply(closed, { type: 'tick', at: 1000 + FAREWELL_MS })
    expect(ids(apply(gone, change(7, brief(1, { version: 8, state: 'PENDING_CLOSE' }))))).toEqual([])
    expect(ids(apply(gone, change(8, brief(1, { version: 10, state: 'HANDLING' }))))).toEqual([1])
  })

  it('that is reopened at once does not leave', () => {
    const reopened = apply(closed, change(7, brief(1, { version: 10, state: 'HANDLING' })))
    expect(ids(apply(reopened, { type: 'tick', at: 1000 + FAREWELL_MS }))).toEqual([1])
  })

  it('that was never known is no news', () => {
    expect(ids(apply(start, change(6, brief(7, { state: 'CLOSED' }))))).toEqual([1])
  })
})

it('what left the scope is gone at once', () => {
  const world = applyAll(emptyWorld, [snapshot(5, [brief(1), brief(2)]), { type: 'gone', seq: 8, id: 1 }])
  expect(ids(world)).toEqual([2])
  expect(world.seq).toBe(8)
})

it('any order of the same changes ends in the same tickets', () => {
  const changes = Array.from({ length: 40 }, (_, n) => change(10 + n, brief(n % 7, { version: 1 + Math.floor(n / 7) })))
  const start = apply(emptyWorld, snapshot(9, []))
  const inOrder = applyAll(start, changes)
  let seed = 17
  for (let round = 0; round < 50; round += 1) {
    const mixed = [...changes].sort(() => ((seed = (seed * 16807) % 2147483647), (seed % 3) - 1))
    const world = applyAll(start, mixed)
    expect(ids(world)).toEqual(ids(inOrder))
    for (const id of ids(world)) expect(world.open.get(id)?.version).toBe(inOrder.open.get(id)?.version)
    expect(world.seq).toBe(inOrder.seq)
  }
})
