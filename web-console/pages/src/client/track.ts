/** One's own position, told while it may be: the server says when, and what is kept. */
import { call, post } from './api'

export interface TrackPoint {
  at: string
  position: { lon: number; lat: number }
  accuracy: number | null
}

export interface OwnTrack {
  tracking: { on: boolean; since: string | null; emergencies: { id: number; why: string; until: string }[] }
  intervalSeconds: number
  keepDays: number
  points: TrackPoint[]
}

export interface Fix {
  at: string
  lon: number
  lat: number
  crs: 'WGS84'
  accuracy: number
}

export const trackApi = {
  mine: () => call<OwnTrack>('/api/v1/positions/mine'),
  tell: (fixes: Fix[]) => post<{ accepted: number }>('/api/v1/positions', { fixes }),
}
