/** The dispatch catalogue. */
import { call } from './api'

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
}

export const dutyRules = (): Promise<DutyRule[]> =>
  call<{ rules: DutyRule[] }>('/api/v1/duty-rules').then((it) => it.rules)
