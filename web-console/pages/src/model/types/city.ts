/** A city as the API tells it: words, categories, units, layers, places. */
import type { CategoryKey, Names, Position } from './common'
import type { OfferedAction } from './ticket'

export interface Category extends CategoryKey {
  parent: string | null
  name: string
  nameEn: string
  leaf: boolean
}

export interface Unit {
  code: string
  parent: string | null
  name: string
  nameEn: string
  kind: string
}

export interface SignIn {
  user: string
  password: string
  name: string
  nameEn: string
  roles: Names[]
  unit?: string
}

export interface BoundaryLayer {
  id: string
  /** What the layer is in a district: district, street, community, grid, specialGrid, patrolGrid, unitGrid. */
  role: string | null
  name: Names
}

/** What a map needs of a layer's TileJSON. */
export interface BoundaryTiles {
  boundaryVersion: string
  minzoom: number
  maxzoom: number
  /** West, south, east, north. */
  bounds: [number, number, number, number]
}

export interface City {
  name: Names
  note: Names | null
  sample: boolean
  languages: string[]
  /** The zone that the city goes by. */
  timeZone: string
  center: { lon: number; lat: number; zoom: number }
  layers: BoundaryLayer[]
  signIns?: SignIn[]
}

export interface Term {
  id: string
  name: Names
  stage?: string
}

export interface Vocabulary {
  types: Term[]
  urgencies: Term[]
  channels: Term[]
  states: Term[]
  stages: Term[]
  actions: Term[]
  roles: Term[]
  /** Every action with its whole form. */
  forms: OfferedAction[]
  flags: Term[]
  clocks: Term[]
  lamps: Term[]
  events: Term[]
  purposes: Term[]
}

export type PlaceFlag = 'ok' | 'edge' | 'outside' | 'suspect' | 'unlocated'

export interface Place {
  grid: string | null
  community: string | null
  street: string | null
  district: string | null
  flag: PlaceFlag
  boundaryVersion?: string
  /** Codes by layer, coarse to fine. */
  areas: Record<string, string>
  names?: Record<string, string>
  distanceToBoundary?: number | null
}

export interface Located {
  areas: { layer: string; code: string; name: string }[]
  place: Place
  candidates?: { layer: string; code: string; name: string; share?: number }[]
  position: Position
}

export interface Address {
  name: string
  area?: string
  areaName?: string
  kind?: string
  position: Position
  score: number
  synthetic?: boolean
  /** The name or alias that fits, and which parts of it, in UTF-16 units. */
  matched?: { name: string; ranges: { from: number; to: number }[] }
}
