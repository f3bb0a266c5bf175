import Feature from 'ol/Feature'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import type OlMap from 'ol/Map'
import VectorSource from 'ol/source/Vector'
import CircleStyle from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import type { Position } from '@/model/types'
import { toMap } from './baseMap'

export interface Pin {
  set(position: Position | null): void
  remove(): void
}

const styles = [
  new Style({ image: new CircleStyle({ radius: 15, fill: new Fill({ color: '#1f6fd62e' }) }) }),
  new Style({
    image: new CircleStyle({
      radius: 7,
      fill: new Fill({ color: '#1f6fd6' }),
      stroke: new Stroke({ color: '#ffffff', width: 2.5 }),
    }),
  }),
]

/** One marked position on the map. */
export function addPin(map: OlMap): Pin {
  const source = new VectorSource()
  const layer = new VectorLayer({ source, style: styles, zIndex: 20 })
  map.addLayer(layer)
  return {
    set(position) {
      source.clear()
      if (position) source.addFeature(new Feature(new Point(toMap(position))))
    },
    remove: () => void map.removeLayer(layer),
  }
}
