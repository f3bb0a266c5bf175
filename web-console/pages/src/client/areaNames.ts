/** Names of areas by code, as far as a boundary layer with that code has been fetched. */
import { shallowRef } from 'vue'

export const boundaryNames = shallowRef<ReadonlyMap<string, string>>(new Map())

export function learnAreaNames(geojson: object): void {
  const features = (geojson as { features?: { properties?: Record<string, unknown> | null }[] }).features ?? []
  const names = new Map(boundaryNames.value)
  for (const { properties } of features)
    if (typeof properties?.code === 'string' && typeof properties.name === 'string')
      names.set(properties.code, properties.name)
  boundaryNames.value = names
}
