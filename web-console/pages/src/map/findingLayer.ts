import Feature from 'ol/Feature'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import type OlMap from 'ol/Map'
import VectorSource from 'ol/source/Vector'
import CircleStyle from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import RegularShape from 'ol/style/RegularShape'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import { severityOf, type ImportFinding, type Severity } from '@/model/boundaries'
import { toMap } from './baseMap'
import { severityColours } from './changeColours'

export interface FindingLayer {
  show(findings: readonly ImportFinding[]): void
  choose(finding: ImportFinding | null): void
  at(pixel: number[]): ImportFinding | null
  remove(): void
}

/** Where something was found: a red square with corners out, an amber triangle, a blue disc. */
export function addFindings(map: OlMap): FindingLayer {
  const source = new VectorSource<Feature<Point>>()
  let chosen: ImportFinding | null = null
  const marks = { fatal: mark('fatal'), repaired: mark('repaired'), noted: mark('noted') }
  const ring = new Style({
    image: new CircleStyle({ radius: 17, stroke: new Stroke({ color: '#1b2733', width: 3 }) }),
    zIndex: 9,
  })
  const layer = new VectorLayer({
    source,
    zIndex: 9,
    style: (feature) => {
      const finding = feature.get('finding') as ImportFinding
      const look = marks[severityOf(finding)]
      return finding === chosen ? [look, ring] : [look]
    },
  })
  map.addLayer(layer)
  return {
    show(findings) {
      source.clear(true)
      for (const finding of findings) {
        if (!finding.position) continue
        const feature = new Feature(new Point(toMap(finding.position)))
        feature.set('finding', finding, true)
        source.addFeature(feature)
      }
    },
    choose(finding) {
      chosen = finding
      layer.changed()
    },
    at(pixel) {
      const found = map.getFeaturesAtPixel(pixel, { layerFilter: (it) => it === layer, hitTolerance: 6 })[0]
      return (found?.get('finding') as ImportFinding | undefined) ?? null
    },
    remove: () => void map.removeLayer(layer),
  }
}

function mark(severity: Severity): Style {
  const fill = new Fill({ color: severityColours[severity] })
  const stroke = new Stroke({ color: '#ffffff', width: 2 })
  const image =
    severity === 'fatal'
      ? new RegularShape({ points: 4, radius: 11, angle: 0, fill, stroke })
      : severity === 'repaired'
        ? new RegularShape({ points: 3, radius: 11, fill, stroke })
        : new CircleStyle({ radius: 7, fill, stroke })
  return new Style({ image, zIndex: severity === 'fatal' ? 3 : severity === 'repaired' ? 2 : 1 })
}
