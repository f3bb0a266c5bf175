import { describe, expect, it } from 'vitest'
import type { BoundaryVersion } from '@/model/boundaries'
import { emptyWish, fieldsOf, NEW_LAYER, OTHER_CRS, problemsOf, toQuery, withFields, withLayer } from './wish'

const file = { name: '街道.geojson', size: 100 }
const street = { ...emptyWish(), layer: 'street' }

describe('a wish', () => {
  it('is sent as the API takes it', () => {
    expect(toQuery({ ...street, note: ' 区划调整 ' }, 'a.geojson')).toEqual({
      layer: 'street',
      code: 'code',
      name: 'name',
      parent: 'parent',
      crs: '',
      file: 'a.geojson',
      note: '区划调整',
    })
    const fresh = { ...street, layer: NEW_LAYER, newId: 'police', newName: '警务区', crs: OTHER_CRS, epsg: '4549' }
    expect(toQuery(fresh, 'p.zip')).toMatchObject({
      layer: 'police',
      layerName: '警务区',
      layerNameEn: '警务区',
      crs: 'EPSG:4549',
    })
  })

  it('says what it lacks', () => {
    expect(problemsOf(emptyWish(), null, [])).toEqual({ file: 'bnFileMissing', layer: 'bnLayerMissing' })
    expect(problemsOf(street, file, ['street'])).toEqual({})
    expect(problemsOf(street, { name: 'a.kml', size: 1 }, []).file).toBe('bnFileKind')
    expect(problemsOf(street, { name: 'A.GeoJSON.GZ', size: 0 }, []).file).toBe('bnFileEmpty')
    expect(problemsOf(street, { name: 'a.gpkg', size: 2 ** 30 }, []).file).toBe('bnFileBig')
    expect(problemsOf({ ...street, code: ' ' }, file, []).code).toBe('bnCodeMissing')
    expect(problemsOf({ ...street, crs: OTHER_CRS, epsg: 'x' }, file, []).epsg).toBe('bnEpsgWrong')
    const fresh = { ...street, layer: NEW_LAYER }
    expect(problemsOf({ ...fresh, newId: '../x' }, file, [])).toMatchObject({
      newId: 'bnLayerIdWrong',
      newName: 'bnLayerNameMissing',
    })
    expect(problemsOf({ ...fresh, newId: 'street', newName: '街' }, file, ['street'])).toEqual({
      newId: 'bnLayerIdUsed',
    })
  })

  it('begins with the fields of the layer, corrected by those of the file', () => {
    const current = {
      layers: [{ id: 'street', code: 'DM', nameField: 'MC', parent: 'SJDM' }],
    } as unknown as BoundaryVersion
    expect(withLayer(emptyWish(), 'street', current)).toMatchObject({ code: 'DM', name: 'MC', parent: 'SJDM' })
    expect(withLayer(emptyWish(), 'police', current)).toMatchObject({ code: 'code', name: 'name', parent: '' })
    const found = withFields(street, ['OBJECTID', 'CODE', 'NAME'])
    expect(found).toMatchObject({ code: 'CODE', name: 'NAME', parent: '' })
    expect(withFields(street, ['PCS', 'MC'])).toMatchObject({ code: '', name: 'MC', parent: '' })
    expect(withFields(street, [])).toEqual(street)
  })
})

describe('the fields of a file', () => {
  const crs = '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}}'
  it('are those of its first feature', () => {
    const text = `{"type":"FeatureCollection",${crs},"features":[{"properties":{"code":"1","a{b":"}\\"","n":{"x":1}},"geo`
    expect(fieldsOf(text)).toEqual(['code', 'a{b', 'n'])
  })
  it('are none when they can not be told', () => {
    expect(fieldsOf('')).toEqual([])
    expect(fieldsOf('{"features":[{"properties":null}]}')).toEqual([])
    expect(fieldsOf('{"features":[{"properties":{"code":"cut')).toEqual([])
    expect(fieldsOf('{"features":[{"properties":{nonsense}}]}')).toEqual([])
    expect(fieldsOf('SQLite format 3')).toEqual([])
  })
})
