import Feature from 'ol/Feature'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import type OlMap from 'ol/Map'
import VectorSource from 'ol/source/Vector'
import { Circle, Fill, Stroke, Style } from 'ol/style'
import type { WorkersMoved } from '@/client/feed'
import { toMap } from './baseMap'

export interface WorkerLayer {
  /** Moves those that moved and takes away those that are gone. */
  apply(news: WorkersMoved): void
  /** The feed begins anew and tells everybody again. */
  clear(): void
  remove(): void
}

/** Workers who have a task in hand, as they move; whose dot it is, is not told on the map. */
export function addWorkers(map: OlMap): WorkerLayer {
  const source = new VectorSource<Feature<Point>>()
  const layer = new VectorLayer({
    source,
    zIndex: 20,
    style: new Style({
      image: new Circle({
        radius: 5,
        fill: new Fill({ color: '#39c5ff' }),
        stroke: new Stroke({ color: '#06263a', width: 1.5 }),
      }),
    }),
  })
  map.addLayer(layer)
  return {
    apply({ moved, gone }) {
      for (const { id, lon, lat } of moved) {
        const at = toMap({ lon, lat, crs: 'WGS84' })
        const known = source.getFeatureById(id)
        if (known) known.getGeometry()?.setCoordinates(at)
        else {
          const dot = new Feature(new Point(at))
          dot.setId(id)
          source.addFeature(dot)
        }
      }
      for (const id of gone) {
        const dot = source.getFeatureById(id)
        if (dot) source.removeFeature(dot)
      }
    },
    clear: () => source.clear(),
    remove: () => map.removeLayer(layer),
  }
}
