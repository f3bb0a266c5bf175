import Feature, { type FeatureLike } from 'ol/Feature'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import type OlMap from 'ol/Map'
import Overlay from 'ol/Overlay'
import type { Pixel } from 'ol/pixel'
import VectorSource from 'ol/source/Vector'
import CircleStyle from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import RegularShape from 'ol/style/RegularShape'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import { LAMP_RANK, lampAt } from '@/model/lamp'
import type { Brief, LampColour } from '@/model/types'
import { toMap } from './baseMap'
import type { Palette } from './palette'

export interface TicketLayer {
  /** Makes the points those of `open`; touches only what differs. */
  show(open: ReadonlyMap<number, Brief>, now: number): void
  /** Only tickets with this lamp; null for all. */
  filter(lamp: LampColour | null): void
  select(id: number | null): void
  pulse(ticket: Brief, leaving: boolean): void
  at(pixel: Pixel): Brief | null
  remove(): void
}

type Lamp = LampColour | 'none'
const MOST_PULSES = 16

/** Open tickets as points whose colour and shape both tell the lamp: circle, triangle, square. */
export function addTickets(map: OlMap, palette: Palette): TicketLayer {
  const source = new VectorSource<Feature<Point>>()
  const features = new Map<number, Feature<Point>>()
  const styles = styleCache(palette)
  const pulses = new Set<Overlay>()
  let only: LampColour | null = null
  let selected: number | null = null

  const layer = new VectorLayer({
    source,
    zIndex: 10,
    updateWhileInteracting: false,
    updateWhileAnimating: false,
    style: (feature: FeatureLike, resolution: number) => {
      const lamp = feature.get('lamp') as Lamp
      if (only && lamp !== only) return undefined
      return styles(lamp, resolution > 40 ? 0 : resolution > 12 ? 1 : 2, feature.getId() === selected)
    },
  })
  map.addLayer(layer)

  return {
    show(open, now) {
      const fresh: Feature<Point>[] = []
      for (const [id, ticket] of open) {
        if (!ticket.position) continue
        const lamp: Lamp = lampAt(ticket, now) ?? 'none'
        const known = features.get(id)
        if (!known) {
          const feature = new Feature(new Point(toMap(ticket.position)))
          feature.setId(id)
          feature.setProperties({ ticket, lamp }, true)
          features.set(id, feature)
          fresh.push(feature)
          continue
        }
        if (known.get('ticket') !== ticket) {
          known.set('ticket', ticket, true)
          known.getGeometry()?.setCoordinates(toMap(ticket.position))
        }
        if (known.get('lamp') !== lamp) known.set('lamp', lamp)
      }
      if (fresh.length > 0) source.addFeatures(fresh)
      for (const [id, feature] of features) {
        if (open.get(id)?.position) continue
        features.delete(id)
        source.removeFeature(feature)
      }
    },
    filter(lamp) {
      only = lamp
      layer.changed()
    },
    select(id) {
      if (selected === id) return
      selected = id
      layer.changed()
    },
    pulse(ticket, leaving) {
      if (!ticket.position || pulses.size >= MOST_PULSES) return
      const element = document.createElement('div')
      element.className = leaving ? 'pulse leaving' : 'pulse'
      const overlay = new Overlay({ element, position: toMap(ticket.position), stopEvent: false })
      pulses.add(overlay)
      map.addOverlay(overlay)
      setTimeout(() => {
        pulses.delete(overlay)
        map.removeOverlay(overlay)
      }, 3500)
    },
    at(pixel) {
      const found = map.forEachFeatureAtPixel(pixel, (feature) => feature.get('ticket') as Brief | undefined, {
        layerFilter: (candidate) => candidate === layer,
        hitTolerance: 5,
      })
      return found ?? null
    },
    remove() {
      for (const overlay of pulses) map.removeOverlay(overlay)
      map.removeLayer(layer)
    },
  }
}

/** All the styles there will ever be; nothing is made while drawing. */
function styleCache(palette: Palette) {
  const radii = [3.4, 5, 6.5] as const
  const made = new Map<string, Style>()
  const image = (lamp: Lamp, radius: number, chosen: boolean) => {
    const fill = new Fill({ color: palette.lamps[lamp] })
    const stroke = new Stroke({ color: chosen ? '#4c9aff' : palette.lampEdge, width: chosen ? 3 : 1.2 })
    if (lamp === 'yellow') return new RegularShape({ fill, stroke, points: 3, radius: radius * 1.45 })
    if (lamp === 'red') return new RegularShape({ fill, stroke, points: 4, angle: Math.PI / 4, radius: radius * 1.4 })
    return new CircleStyle({ fill, stroke, radius })
  }
  for (const lamp of ['green', 'yellow', 'red', 'none'] as const)
    radii.forEach((radius, size) => {
      for (const chosen of [false, true])
        made.set(
          `${lamp}${size}${chosen}`,
          new Style({
            image: image(lamp, chosen ? radius + 2 : radius, chosen),
            zIndex: chosen ? 9 : lamp === 'none' ? 0 : 3 - LAMP_RANK[lamp],
          }),
        )
    })
  return (lamp: Lamp, size: 0 | 1 | 2, chosen: boolean): Style | undefined => made.get(`${lamp}${size}${chosen}`)
}
