import type { Place, PlaceLevel } from './types'

export const LEVELS: readonly PlaceLevel[] = ['district', 'street', 'community', 'grid']

/** The names of a place's areas by their codes. */
export function namesByCode(place: Place | null | undefined): Record<string, string> {
  const names: Record<string, string> = {}
  for (const level of LEVELS) {
    const code = place?.[level]
    const name = place?.names?.[level]
    if (code && name) names[code] = name
  }
  return names
}
