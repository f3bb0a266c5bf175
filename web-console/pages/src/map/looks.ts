import type { BoundaryLayer } from '@/model/types'
import type { Palette } from './palette'

/** How one layer of boundaries is drawn. Zooms are the map's. */
export interface Look {
  /** Higher lies above. */
  rank: number
  line: keyof Palette & `${string}Line`
  width: number
  minZoom: number
  labelZoom: number
  labelUntil: number
  labelSize: number
}

export const DISTRICT_RANK = 4

const looks: Record<string, Look> = {
  district: {
    rank: DISTRICT_RANK,
    line: 'districtLine',
    width: 2.5,
    minZoom: 0,
    labelZoom: 0,
    labelUntil: 10,
    labelSize: 15,
  },
  street: { rank: 3, line: 'streetLine', width: 1.5, minZoom: 0, labelZoom: 10, labelUntil: 13.4, labelSize: 13 },
  community: {
    rank: 2,
    line: 'communityLine',
    width: 1,
    minZoom: 12,
    labelZoom: 13.4,
    labelUntil: 15.6,
    labelSize: 12,
  },
  grid: { rank: 1, line: 'gridLine', width: 1, minZoom: 13.2, labelZoom: 15.6, labelUntil: 99, labelSize: 11 },
  specialGrid: {
    rank: 1.5,
    line: 'communityLine',
    width: 1,
    minZoom: 14,
    labelZoom: 15.2,
    labelUntil: 99,
    labelSize: 11,
  },
  // A hectare each: thousands of them, of use only from near.
  unitGrid: { rank: 0, line: 'gridLine', width: 0.5, minZoom: 15, labelZoom: 17.4, labelUntil: 99, labelSize: 10 },
}

const LADDER = ['district', 'street', 'community', 'grid', 'unitGrid'] as const

/** Sets of unit grids would only double their lines. */
const NOT_DRAWN = 'patrolGrid'

/** A layer that is no level of a district looks like the level at its place, coarse to fine. */
export function lookOf(layer: BoundaryLayer, index: number): Look | undefined {
  if (layer.role === NOT_DRAWN) return undefined
  return looks[layer.role ?? LADDER[index] ?? 'unitGrid']
}
