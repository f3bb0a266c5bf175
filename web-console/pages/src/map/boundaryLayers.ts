import type { Extent } from 'ol/extent'
import type { FeatureLike } from 'ol/Feature'
import MVT from 'ol/format/MVT'
import type BaseLayer from 'ol/layer/Base'
import VectorTileLayer from 'ol/layer/VectorTile'
import type OlMap from 'ol/Map'
import { transformExtent } from 'ol/proj'
import VectorTileSource from 'ol/source/VectorTile'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import Text from 'ol/style/Text'
import { createXYZ } from 'ol/tilegrid'
import { api } from '@/client/api'
import type { BoundaryLayer, BoundaryTiles } from '@/model/types'
import { DISTRICT_RANK, lookOf, type Look } from './looks'
import type { Palette } from './palette'

const TILE_PIXELS = 512
const BELOW_ALL = 0

/**
 * Draws the city's boundaries from vector tiles; the returned function takes them off the map again. A tile is drawn
 * to a picture once and then moved: tens of thousands of corners in every frame would be far too slow.
 */
export function addBoundaries(
  map: OlMap,
  layers: readonly BoundaryLayer[],
  palette: Palette,
  onDistrict: (extent: Extent) => void = () => undefined,
): () => void {
  const added: BaseLayer[] = []
  let removed = false
  for (const [index, layer] of layers.entries()) {
    const look = lookOf(layer, index)
    if (!look) continue
    void api
      .boundaryTiles(layer.id)
      .then((tiles) => {
        if (removed) return
        const mine = draw(layer.id, tiles, look, palette)
        for (const one of mine) map.addLayer(one)
        added.push(...mine)
        if (look.rank === DISTRICT_RANK) onDistrict(transformExtent(tiles.bounds, 'EPSG:4326', 'EPSG:3857'))
      })
      // A map without one of its layers still works; the next map asks again.
      .catch((failure: unknown) => console.warn('boundary layer did not load', layer.id, failure))
  }
  return () => {
    removed = true
    for (const one of added) map.removeLayer(one)
  }
}

function draw(id: string, tiles: BoundaryTiles, look: Look, palette: Palette): BaseLayer[] {
  // The version is part of the address, so the browser may keep each tile for ever.
  const version = encodeURIComponent(tiles.boundaryVersion)
  const source = new VectorTileSource({
    format: new MVT(),
    url: `/api/v1/tiles/${encodeURIComponent(id)}/{z}/{x}/{y}.mvt?version=${version}`,
    tileGrid: createXYZ({ tileSize: TILE_PIXELS, minZoom: tiles.minzoom, maxZoom: tiles.maxzoom }),
    wrapX: false,
    transition: 0,
  })
  // Tiles of twice the usual size are one zoom behind the map's; further out there are none.
  const minZoom = Math.max(look.minZoom, tiles.minzoom + 0.5)
  const extent = grown(transformExtent(tiles.bounds, 'EPSG:4326', 'EPSG:3857'))
  const lines = new VectorTileLayer({
    source,
    extent,
    minZoom,
    zIndex: 1 + look.rank / 10,
    declutter: true,
    style: lineAndLabel(id, look, palette),
  })
  if (look.rank !== DISTRICT_RANK) return [lines]
  const fill = new Style({ fill: new Fill({ color: palette.land }) })
  const land = new VectorTileLayer({
    source,
    extent,
    minZoom,
    zIndex: BELOW_ALL,
    style: (feature) => (feature.get('layer') === id ? fill : undefined),
  })
  return [land, lines]
}

/** Room for the width of the outermost line. */
function grown(extent: Extent): Extent {
  const [west = 0, south = 0, east = 0, north = 0] = extent
  const room = Math.max(east - west, north - south) / 20
  return [west - room, south - room, east + room, north + room]
}

const zoomOf = (resolution: number): number => Math.log2(156543.03392804097 / resolution)

/** A tile holds the areas, and where the names stand in a layer of their own, one point an area. */
function lineAndLabel(id: string, look: Look, palette: Palette) {
  const line = new Style({ stroke: new Stroke({ color: palette[look.line], width: look.width }) })
  const labels = new Map<string, Style>()
  return (feature: FeatureLike, resolution: number): Style | undefined => {
    if (feature.get('layer') === id) return line
    const zoom = zoomOf(resolution)
    if (zoom < look.labelZoom || zoom >= look.labelUntil) return undefined
    const name = String(feature.get('name'))
    let label = labels.get(name)
    if (!label) {
      label = new Style({
        text: new Text({
          text: name,
          font: `${look.labelSize}px "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif`,
          fill: new Fill({ color: look.rank >= 3 ? palette.label : palette.labelSmall }),
          stroke: new Stroke({ color: palette.halo, width: 3 }),
        }),
      })
      labels.set(name, label)
    }
    return label
  }
}
