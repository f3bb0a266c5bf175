import { getArea, type Extent } from 'ol/extent'
import Feature, { type FeatureLike } from 'ol/Feature'
import GeoJSON from 'ol/format/GeoJSON'
import type Geometry from 'ol/geom/Geometry'
import MultiPolygon from 'ol/geom/MultiPolygon'
import Point from 'ol/geom/Point'
import Polygon from 'ol/geom/Polygon'
import VectorLayer from 'ol/layer/Vector'
import VectorImageLayer from 'ol/layer/VectorImage'
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
  /** Higher lies above. */
  rank: number
  line: keyof Palette & `${string}Line`
  width: number
  minZoom: number
  labelZoom: number
  labelUntil: number
  labelSize: number
}

const looks: Record<string, Look> = {
  district: { rank: 4, line: 'districtLine', width: 2.5, minZoom: 0, labelZoom: 0, labelUntil: 10, labelSize: 15 },
  street: { rank: 3, line: 'streetLine', width: 1.5, minZoom: 0, labelZoom: 10, labelUntil: 13.4, labelSize: 13 },
  community: {
    rank: 2,
    line: 'communityLine',
    width: 1,
    minZoom: 12,
    labelZoom: 13.4,
    labelUntil: 15.6,
    labelSize: 12,
  },
  grid: { rank: 1, line: 'gridLine', width: 1, minZoom: 13.2, labelZoom: 15.6, labelUntil: 99, labelSize: 11 },
  specialGrid: {
    rank: 1.5,
    line: 'communityLine',
    width: 1,
    minZoom: 14,
    labelZoom: 15.2,
    labelUntil: 99,
    labelSize: 11,
  },
  unitGrid: { rank: 0.5, line: 'gridLine', width: 0.6, minZoom: 15.4, labelZoom: 99, labelUntil: 99, labelSize: 10 },
}

/** Unit grids come by the ten thousand: fetched when somebody looks so closely that they are drawn. */
const FETCHED_WHEN_SEEN = 'unitGrid'

/** Sets of unit grids would only double their lines. */
const NOT_DRAWN = 'patrolGrid'

const LADDER = ['district', 'street', 'community', 'grid'] as const

/** A layer that is no level of a district looks like the level at its place, coarse to fine. */
function lookOf(layer: BoundaryLayer, index: number): Look | undefined {
  if (layer.role === NOT_DRAWN) return undefined
  return looks[layer.role ?? LADDER[index] ?? 'grid']
}

/**
 * Draws the city's boundaries; the returned function takes them off the map again. All lines share one layer that is
 * drawn to a picture once and then moved: tens of thousands of corners in every frame would be far too slow.
 */
export function addBoundaries(
  map: OlMap,
  layers: readonly BoundaryLayer[],
  palette: Palette,
  onDistrict: (extent: Extent) => void = () => undefined,
): () => void {
  const shapes = new VectorSource()
  const names = new VectorSource<Feature<Point>>()
  const lines = new VectorImageLayer({ source: shapes, style: lineStyles(palette), imageRatio: 1.4, zIndex: 1 })
  const labels = new VectorLayer({ source: names, style: labelStyles(palette), declutter: true, zIndex: 2 })
  map.addLayer(lines)
  map.addLayer(labels)
  let removed = false
  for (const [index, layer] of layers.entries()) {
    const { id } = layer
    const look = lookOf(layer, index)
    if (!look) continue
    void (layer.role === FETCHED_WHEN_SEEN ? zoomedTo(map, look.minZoom, () => removed) : Promise.resolve())
      .then(() => (removed ? null : boundaries(id)))
      .then((json) => {
        if (removed || !json) return
        const features = new GeoJSON().readFeatures(json, { featureProjection: 'EPSG:3857' })
        for (const feature of features) feature.set('look', look, true)
        shapes.addFeatures(features)
        names.addFeatures(features.flatMap((feature) => labelOf(feature, look)))
        if (look.rank === 4) onDistrict(shapes.getExtent() as Extent)
      })
      // A map without one of its layers still works; the boundary cache asks again next time.
      .catch((failure: unknown) => console.warn('boundary layer did not load', id, failure))
  }
  return () => {
    removed = true
    map.removeLayer(lines)
    map.removeLayer(labels)
  }
}

/** Waits until the map is this close, or until nobody waits any more. */
function zoomedTo(map: OlMap, zoom: number, over: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!over() && (map.getView().getZoom() ?? 0) < zoom) return
      map.un('moveend', look)
      resolve()
    }
    map.on('moveend', look)
    look()
  })
}

/** The name as a point inside the area, the largest part when there are many. */
function labelOf(feature: Feature<Geometry>, look: Look): Feature<Point>[] {
  const shape = feature.getGeometry()
  const parts = shape instanceof MultiPolygon ? shape.getPolygons() : shape instanceof Polygon ? [shape] : []
  const largest = parts.sort((a, b) => getArea(b.getExtent()) - getArea(a.getExtent()))[0]
  const name: unknown = feature.get('name')
  if (!largest || typeof name !== 'string') return []
  const label = new Feature(largest.getInteriorPoint())
  label.setProperties({ name, look }, true)
  return [label]
}

const zoomOf = (resolution: number): number => Math.log2(156543.03392804097 / resolution)

function lineStyles(palette: Palette) {
  const made = new Map(
    Object.values(looks).map((look) => {
      const line = new Style({
        stroke: new Stroke({ color: palette[look.line], width: look.width }),
        zIndex: look.rank,
      })
      const land = new Style({ fill: new Fill({ color: palette.land }), zIndex: 0 })
      return [look, look.rank === 4 ? [land, line] : [line]]
    }),
  )
  return (feature: FeatureLike, resolution: number): Style[] | undefined => {
    const look = feature.get('look') as Look
    return zoomOf(resolution) < look.minZoom ? undefined : made.get(look)
  }
}

function labelStyles(palette: Palette) {
  const made = new Map<string, Style>()
  return (feature: FeatureLike, resolution: number): Style | undefined => {
    const look = feature.get('look') as Look
    const zoom = zoomOf(resolution)
    if (zoom < look.labelZoom || zoom >= look.labelUntil) return undefined
    const name = feature.get('name') as string
    const key = `${look.rank} ${name}`
    let style = made.get(key)
    if (!style) {
      style = new Style({
        text: new Text({
          text: name,
          font: `${look.labelSize}px "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif`,
          fill: new Fill({ color: look.rank >= 3 ? palette.label : palette.labelSmall }),
          stroke: new Stroke({ color: palette.halo, width: 3 }),
        }),
      })
      made.set(key, style)
    }
    return style
  }
}
