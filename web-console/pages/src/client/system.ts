/** How the system itself is, for whoever looks after it. */
import type { Names } from '@/model/types'
import { call } from './api'

export type HealthState = 'well' | 'degraded' | 'down'

export interface Detail {
  name: string
  state: HealthState
  since: string
  value: string
  limit: string
  todo?: Names
}

export interface SystemState {
  status: 'up' | 'down'
  causes: string[]
  at: string
  details: Detail[]
}

export const systemState = (): Promise<SystemState> => call<SystemState>('/api/v1/system')
