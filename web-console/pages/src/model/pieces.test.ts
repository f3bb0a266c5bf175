import { describe, expect, it } from 'vitest'
import { pieces } from './pieces'

describe('pieces', () => {
  it('marks what fits and keeps the rest', () => {
    expect(
      pieces('尧化门地铁站', [
        { from: 0, to: 2 },
        { from: 3, to: 5 },
      ]),
    ).toEqual([
      { text: '尧化', marked: true },
      { text: '门', marked: false },
      { text: '地铁', marked: true },
      { text: '站', marked: false },
    ])
  })

  it('is the whole text without ranges', () => {
    expect(pieces('尧化门', [])).toEqual([{ text: '尧化门', marked: false }])
    expect(pieces('', [])).toEqual([])
  })

  it('leaves out ranges that are not of this text', () => {
    expect(
      pieces('ab', [
        { from: 0, to: 9 },
        { from: 1, to: 1 },
      ]),
    ).toEqual([{ text: 'ab', marked: false }])
  })
})
