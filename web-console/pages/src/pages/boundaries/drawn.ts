/** Boundaries of a version or a day, fetched once and read into what the map draws. */
import Feature from 'ol/Feature'
import { ApiProblem } from '@/client/api'
import { boundaryApi, type Asked } from '@/client/boundaries'
import { ranked, readAreas } from '@/map/outlineLayer'
import type { AreaChange } from '@/model/boundaries'

const MOST_KEPT = 24
const kept = new Map<string, Promise<Feature[]>>()

/** The areas of a layer. A version never changes, so what was read is kept; a day's may. */
export function areasOf(layer: string, asked: Asked): Promise<Feature[]> {
  if (!('version' in asked)) return boundaryApi.layer(layer, asked).then(readAreas)
  const key = `${asked.version} ${layer}`
  let found = kept.get(key)
  if (!found) {
    found = boundaryApi.layer(layer, asked).then(readAreas)
    found.catch(() => kept.delete(key))
    kept.set(key, found)
    const oldest = kept.keys().next().value
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  }
  return found
}

/** Several layers in one list, coarse to fine, each area knowing the rank of its layer. */
export async function ladderOf(layers: readonly string[], asked: Asked): Promise<Feature[]> {
  const all = await Promise.all(layers.map((layer) => areasOf(layer, asked)))
  return all.flatMap(ranked)
}

/** The areas of a layer; none where the ground has no such layer yet. */
export async function areasIfAny(layer: string, asked: Asked): Promise<Feature[]> {
  try {
    return await areasOf(layer, asked)
  } catch (failure) {
    if (failure instanceof ApiProblem && failure.status === 404) return []
    throw failure
  }
}

/** What changed, as it was and as it would be; each new one carries its kind. */
export function changedOf(
  before: readonly Feature[],
  after: readonly Feature[],
  changes: readonly AreaChange[],
): { same: Feature[]; old: Feature[]; fresh: Feature[] } {
  const kinds = new Map(changes.map((change) => [change.code, change.kind]))
  const marked = (area: Feature): Feature => {
    const drawn = new Feature(area.getProperties())
    drawn.set('kind', kinds.get(area.get('code') as string), true)
    return drawn
  }
  const kindOf = (area: Feature) => kinds.get(area.get('code') as string)
  const gone = before.filter((area) => kindOf(area) === 'removed')
  return {
    same: ranked(
      after.filter((area) => !kindOf(area)),
      1,
    ),
    old: before.filter((area) => kindOf(area) === 'removed' || kindOf(area) === 'moved'),
    // Names of what comes go before names of what is gone, where there is room for one.
    fresh: [...after.filter((area) => kindOf(area) && kindOf(area) !== 'removed'), ...gone].map(marked),
  }
}
