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
