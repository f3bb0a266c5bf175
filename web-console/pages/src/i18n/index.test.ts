import { afterEach, describe, expect, it, vi } from 'vitest'

const page = { documentElement: { lang: '' }, createElement: () => ({}) }

/** The module as a browser loads it that has stored this choice. */
async function opened(stored: string | null) {
  vi.resetModules()
  vi.stubGlobal('document', page)
  vi.stubGlobal('localStorage', { getItem: () => stored, setItem: () => undefined })
  return import('./index')
}

afterEach(() => vi.unstubAllGlobals())

describe('the language of the pages', () => {
  it('is the first of the city where nobody has chosen', async () => {
    const { beginIn, language } = await opened(null)
    beginIn(['en-US', 'zh-CN'])
    expect(language.value).toBe('en')
    beginIn(['zh-CN', 'en'])
    expect(language.value).toBe('zh')
    beginIn([])
    expect(language.value).toBe('zh')
  })

  it('is the chosen one, whatever the city speaks', async () => {
    const { beginIn, language, setLanguage } = await opened('zh')
    beginIn(['en-US'])
    expect(language.value).toBe('zh')
    setLanguage('en')
    beginIn(['zh-CN'])
    expect(language.value).toBe('en')
  })
})

describe('words of two languages', () => {
  it('begin large on a button, but not codes, numbers or other writing', async () => {
    const { capital } = await opened('en')
    expect(capital('to be signed for')).toBe('To be signed for')
    expect(capital('green')).toBe('Green')
    expect(capital('GB/T 30428')).toBe('GB/T 30428')
    expect(capital('a@b')).toBe('a@b')
    expect(capital('v1.2')).toBe('v1.2')
    expect(capital('签收')).toBe('签收')
    expect(capital('')).toBe('')
  })

  it('are halved where the two halves say the same', async () => {
    const { half } = await opened('en')
    expect(half('当前状态不能进行此操作 · this action is not possible now')).toBe('This action is not possible now')
    expect(half('可选值 · one of [transfer, police]')).toBe('可选值 · one of [transfer, police]')
    expect(half('工单待签收 · 可行的操作 · possible: 签收')).toBe('工单待签收 · 可行的操作 · possible: 签收')
    expect(half('HTTP 502')).toBe('HTTP 502')
    const { half: zh } = await opened('zh')
    expect(zh('当前状态不能进行此操作 · this action is not possible now')).toBe('当前状态不能进行此操作')
  })
})
