/** Figures of a period, counted by the server from the log. */
import type { Names } from '@/model/types'
import { call } from './api'

export interface Indicator {
  id: string
  name: Names
  measure: 'share' | 'times'
  numerator: Names
  denominator: Names
  exclusions: Names
  source: string
}

export interface Figure {
  numerator: number
  denominator: number
  excluded: number
  value: number | null
}

export interface Sheet {
  from: string
  to: string
  tickets: number
  synthetic: boolean
  indicators: Indicator[]
  rows: { group: string; name: Names; figures: Record<string, Figure> }[]
}

export type Side = 'numerator' | 'denominator' | 'excluded'

export interface Counted {
  tickets: { id: number; number: string; counts: number }[]
  next: string | null
}

export interface IndicatorQuery {
  from: string
  to: string
  by: string
  layer: string
}

const query = (wish: object): string =>
  new URLSearchParams(Object.entries(wish).filter((it): it is [string, string] => typeof it[1] === 'string')).toString()

export const indicatorApi = {
  sheet: (wish: IndicatorQuery) => call<Sheet>(`/api/v1/indicators?${query(wish)}`),
  tickets: (id: string, wish: IndicatorQuery & { side: Side; group: string; cursor?: string }) =>
    call<Counted>(`/api/v1/indicators/${id}/tickets?${query(wish)}`),
  csv: (wish: IndicatorQuery) => `/api/v1/indicators?${query({ ...wish, format: 'csv' })}`,
}
