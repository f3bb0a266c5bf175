/** The shapes that many of the API share. Times are RFC 3339 text. */
import type { Ticket } from './ticket'

export interface Names {
  zh: string
  en: string
}

export type Crs = 'WGS84' | 'CGCS2000' | 'GCJ-02' | 'BD-09'

/** Longitude first, degrees. */
export interface Position {
  lon: number
  lat: number
  crs: Crs
}

export interface CategoryKey {
  kind: string
  code: string
}

export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail?: string
  field?: string
  legal?: string[]
  ticket?: Ticket
}
