import type { Extent } from 'ol/extent'
import type { FeatureLike } from 'ol/Feature'
import GeoJSON from 'ol/format/GeoJSON'
import VectorLayer from 'ol/layer/Vector'
import type OlMap from 'ol/Map'
import VectorSource from 'ol/source/Vector'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import Text from 'ol/style/Text'
import { boundaries } from '@/client/reference'
import type { BoundaryLayer } from '@/model/types'
import type { Palette } from './palette'

interface Look {
  rank: number
  line: keyof Palette & `${string}Line`
  width: number
  minZoom: number
  labelZoom: number
  labelUntil: number
  labelSize: number
}

const looks: Record<string, Look> = {
  district: { rank: 4, line: 'districtLine', width: 2.5, minZoom: 0, labelZoom: 0, labelUntil: 10.5, labelSize: 15 },
  street: { rank: 3, line: 'streetLine', width: 1.5, minZoom: 0, labelZoom: 10.5, labelUntil: 14, labelSize: 13 },
  community: { rank: 2, line: 'communityLine', width: 1, minZoom: 12, labelZoom: 13.2, labelUntil: 16, labelSize: 12 },
  grid: { rank: 1, line: 'gridLine', width: 1, minZoom: 13.5, labelZoom: 15.4, labelUntil: 30, labelSize: 11 },
}

function lookOf(role: string): Look | undefined {
  return looks[role] ?? (/grid/i.test(role) ? looks.grid : /zone/i.test(role) ? looks.street : undefined)
}

/** Draws the city's boundaries, coarse ones first; the returned function takes them off the map again. */
export function addBoundaries(
  map: OlMap,
  layers: readonly BoundaryLayer[],
  palette: Palette,
  onDistrict: (extent: Extent) => void = () => undefined,
): () => void {
  const added: VectorLayer[] = []
  let removed = false
  for (const { id, role } of layers) {
    const look = lookOf(role)
    if (!look) continue
    const source = new VectorSource()
    const layer = new VectorLayer({
      source,
      style: boundaryStyle(look, palette),
      declutter: true,
      minZoom: look.minZoom,
      zIndex: look.rank,
      updateWhileInteracting: false,
    })
    // The land lies below all lines, the district's own line above them; so it takes two layers of one source.
    if (look.rank === 4) added.push(new VectorLayer({ source, style: land(palette), zIndex: 0 }))
    added.push(layer)
    void boundaries(id)
      .then((json) => {
        if (removed) return
        source.addFeatures(new GeoJSON().readFeatures(json, { featureProjection: 'EPSG:3857' }))
        const extent = source.getExtent()
        if (look.rank === 4 && extent) onDistrict(extent)
      })
      // A map without one of its layers still works; the boundary cache asks again next time.
      .catch((failure: unknown) => console.warn('boundary layer did not load', id, failure))
  }
  for (const layer of added) map.addLayer(layer)
  return () => {
    removed = true
    for (const layer of added) map.removeLayer(layer)
  }
}

function land(palette: Palette): Style {
  return new Style({ fill: new Fill({ color: palette.land }) })
}

function boundaryStyle(look: Look, palette: Palette) {
  const shape = new Style({
    stroke: new Stroke({ color: palette[look.line], width: look.width }),
  })
  const label = new Style({
    text: new Text({
      font: `${look.rank >= 3 ? 500 : 400} ${look.labelSize}px "Noto Sans CJK SC", "Microsoft YaHei", sans-serif`,
      fill: new Fill({ color: look.rank >= 3 ? palette.label : palette.labelSmall }),
      stroke: new Stroke({ color: palette.halo, width: 3 }),
      overflow: true,
    }),
  })
  return (feature: FeatureLike, resolution: number): Style[] => {
    const zoom = Math.log2(156543.03392804097 / resolution)
    if (zoom < look.labelZoom || zoom > look.labelUntil) return [shape]
    label.getText()?.setText(String(feature.get('name') ?? ''))
    return [shape, label]
  }
}
