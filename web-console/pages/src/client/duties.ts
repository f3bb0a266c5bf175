/** The dispatch catalogue. */
import { call, post } from './api'

export interface DutyRule {
  id: string
  /** A unit, or `@layer` for the unit that stands for the area of that layer. */
  unit: string
  kind: string
  category: string
  area: string
  priority: number
  basis: string
  ruling: boolean
  /** Whether it holds today. */
  holds: boolean
  validFrom: string | null
  validTo: string | null
  /** Whether it no longer holds and won't again. */
  over: boolean
  /** What was said of a ruling's end, newest first. */
  ends: RulingEnd[]
}

export interface RulingEnd {
  validTo: string
  why: string
  by: { user: string; name: string; nameEn: string } | null
  /** Whose right it was, when they were away. */
  actingFor: { user: string; name: string; nameEn: string } | null
  at: string
}

export const dutyRules = (): Promise<DutyRule[]> =>
  call<{ rules: DutyRule[] }>('/api/v1/duty-rules').then((it) => it.rules)

/** @param validTo the first day on which it no longer holds */
export const endRuling = (id: string, validTo: string, why: string): Promise<DutyRule> =>
  post<DutyRule>(`/api/v1/duty-rules/${encodeURIComponent(id)}/end`, { validTo, why })
