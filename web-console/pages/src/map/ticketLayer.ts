import Layer from 'ol/layer/Layer'
import type OlMap from 'ol/Map'
import type { FrameState } from 'ol/Map'
import Overlay from 'ol/Overlay'
import type { Pixel } from 'ol/pixel'
import Source from 'ol/source/Source'
import { lampAt } from '@/model/lamp'
import type { Brief, LampColour, Position } from '@/model/types'
import { toMap } from './baseMap'
import type { Palette } from './palette'
import { drawSprites, LAMPS, type Lamp, type Size } from './sprites'

export interface TicketLayer {
  /** Makes the points those of `open`. */
  show(open: ReadonlyMap<number, Brief>, now: number): void
  /** Only tickets with this lamp; null for all. */
  filter(lamp: LampColour | null): void
  select(id: number | null): void
  pulse(ticket: Brief, leaving: boolean): void
  /** The ticket at a pixel of the map, the nearest within reach. */
  at(pixel: Pixel): Brief | null
  remove(): void
}

interface Dot {
  ticket: Brief
  lamp: Lamp
  x: number
  y: number
}

/** Each one is an animated element; in a storm of news more would only cost time. */
const MOST_PULSES = 6
const REACH_PIXELS = 11

/**
 * Open tickets as points. Drawn by hand from ready-made marks: a vector layer saves and restores the canvas for every
 * point, which at 5,000 points took 100 ms and more a frame without a graphics card; this takes a few.
 */
export function addTickets(map: OlMap, palette: Palette): TicketLayer {
  const ratio = Math.min(2, window.devicePixelRatio || 1)
  const sprites = drawSprites(palette, ratio)
  const canvas = document.createElement('canvas')
  canvas.style.position = 'absolute'
  const dots = new Map<number, Dot>()
  const pulses = new Set<Overlay>()
  let only: LampColour | null = null
  let selected: number | null = null

  function render(frame: FrameState): HTMLElement {
    const [width = 0, height = 0] = frame.size
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
      canvas.style.width = `${width}px`
      canvas.style.height = `${height}px`
    }
    const pen = canvas.getContext('2d')
    if (!pen) return canvas
    pen.clearRect(0, 0, canvas.width, canvas.height)
    const { center, resolution } = frame.viewState
    const [centerX = 0, centerY = 0] = center
    const size: Size = resolution > 40 ? 0 : resolution > 12 ? 1 : 2
    const put = (dot: Dot, chosen: boolean): void => {
      const x = ((dot.x - centerX) / resolution + width / 2) * ratio
      const y = ((centerY - dot.y) / resolution + height / 2) * ratio
      if (x < -20 || y < -20 || x > canvas.width + 20 || y > canvas.height + 20) return
      const mark = sprites.of(dot.lamp, size, chosen)
      pen.drawImage(mark, Math.round(x - mark.width / 2), Math.round(y - mark.height / 2))
    }
    for (const lamp of LAMPS) {
      if (only && lamp !== only) continue
      for (const dot of dots.values()) if (dot.lamp === lamp) put(dot, false)
    }
    const chosen = selected === null ? undefined : dots.get(selected)
    if (chosen) put(chosen, true)
    return canvas
  }

  const layer = new Layer({ source: new Source({}), render: (frame) => (frame ? render(frame) : canvas), zIndex: 10 })
  map.addLayer(layer)

  return {
    show(open, now) {
      let changed = false
      for (const [id, ticket] of open) {
        if (!ticket.position) continue
        const lamp: Lamp = lampAt(ticket, now) ?? 'none'
        const known = dots.get(id)
        if (known && known.ticket === ticket && known.lamp === lamp) continue
        dots.set(id, { ticket, lamp, ...place(ticket.position, known) })
        changed = true
      }
      for (const id of dots.keys())
        if (!open.get(id)?.position) {
          dots.delete(id)
          changed = true
        }
      if (changed) layer.changed()
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
      const [x = 0, y = 0] = map.getCoordinateFromPixel(pixel) ?? []
      const resolution = map.getView().getResolution() ?? 1
      let nearest = REACH_PIXELS * resolution
      let found: Brief | null = null
      for (const dot of dots.values()) {
        if (only && dot.lamp !== only) continue
        const distance = Math.hypot(dot.x - x, dot.y - y)
        if (distance > nearest) continue
        nearest = distance
        found = dot.ticket
      }
      return found
    },
    remove() {
      for (const overlay of pulses) map.removeOverlay(overlay)
      map.removeLayer(layer)
    },
  }
}

/** Projecting is dearer than drawing, so what has not moved is not projected again. */
function place(position: Position, known: Dot | undefined): { x: number; y: number } {
  const before = known?.ticket.position
  if (known && before && before.lon === position.lon && before.lat === position.lat) return { x: known.x, y: known.y }
  const [x = 0, y = 0] = toMap(position)
  return { x, y }
}
