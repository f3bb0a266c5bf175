import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ComponentOwner } from '@/model/types'
import { formatOf, ownersOf, recentClasses, used } from './survey'

const owner = (role: string, unit: string, known = true): ComponentOwner => ({
  role,
  unit,
  known,
  name: unit,
  nameEn: unit,
  roleName: { zh: role, en: role },
})

describe('what a surveyor is spared', () => {
  beforeEach(() => {
    const kept = new Map<string, string>()
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    })
  })

  it('remembers six classes, the latest first', () => {
    for (const code of ['1', '2', '3', '4', '5', '6', '7', '3']) used(code)
    expect(recentClasses()).toEqual(['3', '7', '6', '5', '4', '2'])
  })
  it('survives nonsense in the store', () => {
    for (const nonsense of ['{', '7', '{"a":1}', '[1,null,"x"]']) {
      localStorage.setItem('gridline.componentClasses', nonsense)
      expect(recentClasses().every((it) => typeof it === 'string')).toBe(true)
    }
  })
  it('takes over owners that the city still has', () => {
    expect(ownersOf({ owners: [owner('authority', 'A'), owner('property', 'B', false)] })).toEqual({ authority: 'A' })
    expect(ownersOf(undefined)).toEqual({})
  })
  it('tells formats by the ending', () => {
    expect(formatOf('部件.ZIP')).toBe('shapefile')
    expect(formatOf('a.geojson.gz')).toBe('geojson')
    expect(formatOf('a.json')).toBe('geojson')
    expect(formatOf('a.CSV.gz')).toBe('csv')
    expect(formatOf('a.xlsx')).toBe('')
  })
})
