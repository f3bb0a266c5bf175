import type { Coordinate } from 'ol/coordinate'
import { createEmpty, extend, isEmpty, type Extent } from 'ol/extent'
import Feature from 'ol/Feature'
import type { FeatureLike } from 'ol/Feature'
import GeoJSON from 'ol/format/GeoJSON'
import MultiLineString from 'ol/geom/MultiLineString'
import MultiPolygon from 'ol/geom/MultiPolygon'
import Polygon from 'ol/geom/Polygon'
import VectorLayer from 'ol/layer/Vector'
import VectorImageLayer from 'ol/layer/VectorImage'
import type OlMap from 'ol/Map'
import VectorSource from 'ol/source/Vector'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import Text from 'ol/style/Text'
import type { ChangeKind } from '@/model/boundaries'
import { kindColours, kindSigns, OLD_LINE } from './changeColours'
import { hatch } from './hatch'
import { uniqueLines } from './uniqueLines'

const FONT = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif'

/** Features as the server sends them, in the map's projection. */
export function readAreas(geojson: object): Feature[] {
  return new GeoJSON().readFeatures(geojson, { featureProjection: 'EPSG:3857' }) as Feature[]
}

export interface Outlines {
  show(areas: readonly Feature[]): void
  /** Around everything that is shown; null when nothing is. */
  extent(): Extent | null
  extentOf(code: string): Extent | null
  remove(): void
}

type Styled = (feature: FeatureLike, resolution: number) => Style | Style[] | undefined

/** Areas in one manner of drawing. */
function addAreas(map: OlMap, style: Styled, zIndex: number, many: boolean): Outlines {
  const source = new VectorSource()
  const layer = many
    ? new VectorImageLayer({ source, style, zIndex, declutter: true, imageRatio: 1.3 })
    : new VectorLayer({ source, style, zIndex, declutter: true, updateWhileInteracting: true })
  map.addLayer(layer)
  return {
    show(areas) {
      source.clear(true)
      source.addFeatures([...areas])
    },
    extent: () => extentOf(source.getFeatures()),
    extentOf: (code) => extentOf(source.getFeatures().filter((feature) => feature.get('code') === code)),
    remove: () => void map.removeLayer(layer),
  }
}

function extentOf(features: readonly Feature[]): Extent | null {
  const around = createEmpty()
  for (const feature of features) {
    const shape = feature.getGeometry()
    if (shape) extend(around, shape.getExtent())
  }
  return isEmpty(around) ? null : around
}

/** Names are drawn from this resolution on; thousands of areas would only be a blot of them. */
function namesFrom(count: number): number {
  return count > 1000 ? 6 : count > 200 ? 20 : 160
}

/** Says for each area how coarse its layer is (0 the coarsest), and from where on its name is drawn. */
export function ranked(areas: readonly Feature[], rank: number): Feature[] {
  const names = namesFrom(areas.length)
  return areas.map((area) => {
    const drawn = new Feature(area.getProperties())
    drawn.setProperties({ rank, names }, true)
    return drawn
  })
}

/** The ground on which something is shown: pale land, thin lines, pale names. */
export function addBackdrop(map: OlMap): Outlines {
  const land = new Style({
    fill: new Fill({ color: '#f9fafb' }),
    stroke: new Stroke({ color: '#b3c0cc', width: 1 }),
  })
  return addAreas(
    map,
    (feature, resolution) =>
      resolution < Number(feature.get('names') ?? 0)
        ? [land, new Style({ text: name(String(feature.get('name') ?? ''), '#7a8794', 11) })]
        : land,
    1,
    true,
  )
}

/** Boundaries to read: a line and, where there is room, the name. The coarser the layer, the thicker. */
export function addReadable(map: OlMap): Outlines {
  const land = new Style({ fill: new Fill({ color: '#f9fafb' }), zIndex: 0 })
  const lines = [2.2, 1.6, 1.2, 1].map((width) => new Stroke({ color: '#37536e', width }))
  return addAreas(
    map,
    (feature, resolution) => {
      const rank = Number(feature.get('rank') ?? 0)
      const stroke = lines[Math.min(rank, lines.length - 1)]
      if (rank > 1 && resolution > 40) return undefined
      const named = resolution < Number(feature.get('names') ?? 0)
      const line = new Style({
        ...(stroke && { stroke }),
        ...(named && { text: name(String(feature.get('name') ?? ''), '#2d4256', rank === 0 ? 13 : 12) }),
        zIndex: 10 - rank,
      })
      return rank === 0 ? [land, line] : line
    },
    2,
    true,
  )
}

/** How it was: dashed, above everything; where nothing moved, the solid line shows through its gaps. */
export function addDashed(map: OlMap): Outlines {
  const style = new Style({ stroke: new Stroke({ color: OLD_LINE, width: 2.6, lineDash: [9, 9], lineCap: 'butt' }) })
  const lines = addAreas(map, () => style, 6, true)
  return {
    ...lines,
    show(areas) {
      const once = uniqueLines(areas.flatMap(ringsOf)) as Coordinate[][]
      lines.show(once.length > 0 ? [new Feature(new MultiLineString(once))] : [])
    },
  }
}

function ringsOf(area: Feature): Coordinate[][] {
  const shape = area.getGeometry()
  if (shape instanceof MultiPolygon) return shape.getCoordinates().flat()
  return shape instanceof Polygon ? shape.getCoordinates() : []
}

/** How it would be: solid line, hatching and sign by the kind of change, which each feature carries. */
export function addChanged(map: OlMap): Outlines {
  const styles = new Map<ChangeKind, (label: string) => Style[]>()
  for (const kind of Object.keys(kindColours) as ChangeKind[]) {
    const color = kindColours[kind]
    // What is gone is only a memory: its line is the dashed one, and it must not hide what comes in its place.
    const gone = kind === 'removed'
    const area = gone
      ? new Style()
      : new Style({ fill: new Fill({ color: hatch(color, kind) }), stroke: new Stroke({ color, width: 2.2 }) })
    styles.set(kind, (label) => [
      area,
      new Style({ text: name(`${kindSigns[kind]} ${label}`, color, 13, gone ? 16 : 0) }),
    ])
  }
  return addAreas(
    map,
    (feature) => styles.get(feature.get('kind') as ChangeKind)?.(String(feature.get('name') || feature.get('code'))),
    5,
    false,
  )
}

function name(text: string, color: string, size: number, down = 0): Text {
  return new Text({
    text,
    font: `600 ${size}px ${FONT}`,
    offsetY: down,
    fill: new Fill({ color }),
    stroke: new Stroke({ color: '#ffffffe0', width: 3 }),
  })
}
