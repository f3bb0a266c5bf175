import { describe, expect, it } from 'vitest'
import { namesByCode, partsOf, telling } from './place'
import type { BoundaryLayer, Place } from './types'

const layer = (id: string, role: string | null = null): BoundaryLayer => ({ id, role, name: { zh: id, en: id } })
const place = (areas: Record<string, string>, names: Record<string, string>): Place => ({
  grid: null,
  community: null,
  street: null,
  district: null,
  flag: 'ok',
  areas,
  names,
})

describe('a place in a district', () => {
  const layers = [layer('district', 'district'), layer('street', 'street'), layer('grid', 'grid')]
  const here = place({ district: '1', street: '11', grid: '111' }, { district: 'D', street: 'S', grid: 'G' })

  it('is told by a park, but never by the cells of the ground', () => {
    const all = [...layers, layer('specialGrid', 'specialGrid'), layer('unitGrid', 'unitGrid')]
    const park = place({ street: '11', specialGrid: 'S1', unitGrid: 'U1' }, { street: 'S', specialGrid: 'Park' })
    expect(telling(partsOf(park, all), true).map((part) => part.name)).toEqual(['S', 'Park'])
  })

  it('is told without the district, and shortly without the grid', () => {
    const parts = partsOf(here, layers)
    expect(telling(parts, false).map((part) => part.name)).toEqual(['S', 'G'])
    expect(telling(parts, true).map((part) => part.name)).toEqual(['S'])
    expect(namesByCode(here)).toEqual({ '1': 'D', '11': 'S', '111': 'G' })
  })
})

describe('a place in a city whose layers are no ladder', () => {
  const layers = [layer('police'), layer('neighborhood'), layer('ward')]

  it('is told by all layers, and shortly by those with names', () => {
    const parts = partsOf(
      place({ police: 'A1', neighborhood: 'N30', ward: '05' }, { neighborhood: 'Beacon Hill' }),
      layers,
    )
    expect(telling(parts, false).map((part) => part.code)).toEqual(['A1', 'N30', '05'])
    expect(telling(parts, true).map((part) => part.name)).toEqual(['Beacon Hill'])
  })

  it('is told by the finest when none has a name, and by nothing when outside', () => {
    expect(telling(partsOf(place({ police: 'A1', ward: '05' }, {}), layers), true).map((it) => it.code)).toEqual(['05'])
    expect(telling(partsOf(place({}, {}), layers), true)).toEqual([])
    expect(partsOf(null, layers)).toEqual([])
  })
})
