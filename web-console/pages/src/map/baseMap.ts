import OlMap from 'ol/Map'
import View from 'ol/View'
import ScaleLine from 'ol/control/ScaleLine'
import Zoom from 'ol/control/Zoom'
import { defaults as defaultInteractions } from 'ol/interaction/defaults'
import { fromLonLat, toLonLat } from 'ol/proj'
import type { Coordinate } from 'ol/coordinate'
import 'ol/ol.css'
import './map.css'
import type { City, Position } from '@/model/types'

/** A map without any base tiles: the machine may be offline, so the boundaries are the base. */
export function createMap(target: HTMLElement, city: City): OlMap {
  return new OlMap({
    target,
    view: new View({
      center: fromLonLat([city.center.lon, city.center.lat]),
      zoom: city.center.zoom,
      minZoom: Math.max(3, city.center.zoom - 3),
      maxZoom: 19,
      enableRotation: false,
    }),
    controls: [new Zoom(), new ScaleLine({ minWidth: 70 })],
    interactions: defaultInteractions({ altShiftDragRotate: false, pinchRotate: false }),
  })
}

/** Only for WGS 84; the server answers in it. */
export function toMap(position: Position): Coordinate {
  return fromLonLat([position.lon, position.lat])
}

export function fromMap(coordinate: Coordinate): Position {
  const [lon = 0, lat = 0] = toLonLat(coordinate)
  // Six decimals are about 0.1 m, finer than any finger or boundary.
  return { lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)), crs: 'WGS84' }
}

export function flyTo(map: OlMap, position: Position, zoom: number): void {
  const view = map.getView()
  view.animate({ center: toMap(position), zoom: Math.max(view.getZoom() ?? 0, zoom), duration: 250 })
}
