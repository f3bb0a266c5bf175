import { describe, expect, it } from 'vitest'
import { uniqueLines } from './uniqueLines'

const west = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
]
const east = [
  [1, 1],
  [1, 0],
  [2, 0],
  [2, 1],
  [1, 1],
]

describe('lines of rings', () => {
  it('have a shared boundary once, whichever way round', () => {
    expect(uniqueLines([west, east])).toEqual([
      west,
      [
        [1, 0],
        [2, 0],
        [2, 1],
        [1, 1],
      ],
    ])
    expect(uniqueLines([west, west])).toEqual([west])
  })
  it('are none where there is nothing', () => {
    expect(uniqueLines([])).toEqual([])
    expect(uniqueLines([[], [[1, 1]]])).toEqual([])
  })
})
