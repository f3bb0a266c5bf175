import type { BoundaryLayer, Place } from './types'

/** The names of a place's areas by their codes. */
export function namesByCode(place: Place | null | undefined): Record<string, string> {
  const names: Record<string, string> = {}
  for (const [layer, code] of Object.entries(place?.areas ?? {})) {
    const name = place?.names?.[layer]
    if (name) names[code] = name
  }
  return names
}

export interface PlacePart {
  layer: BoundaryLayer
  code: string
  name: string
}

/** The areas that hold a place, coarse to fine. */
export function partsOf(place: Place | null | undefined, layers: readonly BoundaryLayer[]): PlacePart[] {
  return layers.flatMap((layer) => {
    const code = place?.areas?.[layer.id]
    return code ? [{ layer, code, name: place?.names?.[layer.id] ?? code }] : []
  })
}

/** Unit grids and the patrols made of them: their names are numbers, for forms and lists. */
const CELLS = ['patrolGrid', 'unitGrid']

/**
 * The parts that tell where a place is. In a district's ladder everything lies in the same district, which goes without
 * saying; elsewhere the layers with names say more than those with codes, and without any the finest is named.
 */
export function telling(parts: readonly PlacePart[], short: boolean): PlacePart[] {
  const ladder = parts.filter(({ layer }) => layer.role)
  const untold = short ? ['district', 'grid', ...CELLS] : ['district', ...CELLS]
  if (ladder.length) return ladder.filter(({ layer }) => !untold.includes(layer.role ?? ''))
  if (!short) return [...parts]
  const named = parts.filter(({ code, name }) => name !== code)
  return named.length ? named : parts.slice(-1)
}
