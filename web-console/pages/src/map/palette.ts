import type { LampColour } from '@/model/types'

export interface Palette {
  ground: string
  land: string
  districtLine: string
  streetLine: string
  communityLine: string
  gridLine: string
  label: string
  labelSmall: string
  halo: string
  lamps: Record<LampColour | 'none', string>
  lampEdge: string
}

export const day: Palette = {
  ground: '#e6eaef',
  land: '#f9fafb',
  districtLine: '#5d7288',
  streetLine: '#94a5b6',
  communityLine: '#bcc8d3',
  gridLine: '#d8e0e7',
  label: '#43566a',
  labelSmall: '#78899a',
  halo: '#f9fafbe0',
  lamps: { green: '#1f8f4f', yellow: '#e0a010', red: '#d4342a', none: '#6d7c8b' },
  lampEdge: '#ffffff',
}

export const night: Palette = {
  ground: '#131e29',
  land: '#1b2a38',
  districtLine: '#6b88a5',
  streetLine: '#476079',
  communityLine: '#33485c',
  gridLine: '#2a3c4e',
  label: '#aebfd0',
  labelSmall: '#768ba0',
  halo: '#131e29d0',
  lamps: { green: '#33c275', yellow: '#ffc53a', red: '#ff5a4f', none: '#93a5b6' },
  lampEdge: '#0d1620',
}
