import { describe, expect, it } from 'vitest'
import {
  byGravity,
  changedLayers,
  countBySeverity,
  fileSize,
  findBefore,
  findTakeable,
  ground,
  severityOf,
  stagesOf,
  stories,
  summed,
  type BoundaryVersion,
  type Heritage,
  type ImportFinding,
  type VersionLayer,
  type VersionState,
} from './boundaries'

const layer = (id: string, sha256: string): VersionLayer => ({
  id,
  role: id,
  name: { zh: id, en: id },
  file: `${id}.geojson`,
  sha256,
  crs: '',
  code: 'code',
  nameField: 'name',
  parent: '',
  priority: '',
})

const version = (serial: number, state: VersionState, layers: VersionLayer[] = []): BoundaryVersion => ({
  version: `v${serial}`,
  serial,
  state,
  origin: serial === 1 ? 'pack' : 'import',
  base: serial === 1 ? null : `v${serial - 1}`,
  validFrom: null,
  activatedAt: null,
  withdrawnAt: null,
  activatedBy: null,
  note: '',
  areas: 1,
  layers,
})

const finding = (severity: string, squareMetres = 0): ImportFinding => ({
  code: 'x',
  severity,
  feature: '1',
  reason: '',
  position: null,
  squareMetres,
})

const row = (old: string, fresh: string, shareOfOld = 1, shareOfNew = 1): Heritage => ({
  layer: 'street',
  old,
  new: fresh,
  shareOfOld,
  shareOfNew,
  oldStays: false,
})

describe('the version that can be taken back', () => {
  it('is the newest that counts, even one that is only planned', () => {
    expect(findTakeable([version(3, 'planned'), version(2, 'current'), version(1, 'past')])?.serial).toBe(3)
    expect(findTakeable([version(3, 'withdrawn'), version(2, 'current'), version(1, 'past')])?.serial).toBe(2)
    expect(findTakeable([version(3, 'staged'), version(2, 'current'), version(1, 'past')])?.serial).toBe(2)
  })
  it('is none where nothing would be left', () => {
    expect(findTakeable([version(2, 'withdrawn'), version(1, 'current')])).toBeNull()
    expect(findTakeable([])).toBeNull()
  })
  it('knows what would hold in its place', () => {
    const first = version(1, 'past')
    expect(findBefore(version(2, 'current'), [first])).toBe(first)
    expect(findBefore(first, [first])).toBeNull()
  })
})

describe('changed layers', () => {
  it('are those with another file than before', () => {
    const base = version(1, 'past', [layer('street', 'a'), layer('grid', 'b')])
    const next = version(2, 'current', [layer('street', 'c'), layer('grid', 'b'), layer('police', 'd')])
    expect(changedLayers(next, base).map((it) => it.id)).toEqual(['street', 'police'])
    expect(changedLayers(next, null)).toHaveLength(3)
  })
})

describe('findings', () => {
  it('stand in the order of gravity, then of ground', () => {
    const all = [finding('noted', 9), finding('repaired', 1), finding('fatal'), finding('repaired', 5)]
    expect(byGravity(all).map((it) => [it.severity, it.squareMetres])).toEqual([
      ['fatal', 0],
      ['repaired', 5],
      ['repaired', 1],
      ['noted', 9],
    ])
    expect(countBySeverity(all)).toEqual({ fatal: 1, repaired: 2, noted: 1 })
  })
  it('of a kind that is not known are to be looked at', () => {
    expect(severityOf(finding('strange'))).toBe('noted')
  })
})

describe('lineage', () => {
  it('tells a split, a merger and a new number apart', () => {
    const told = stories([
      row('1', '11', 0.5, 1),
      row('1', '12', 0.5, 1),
      row('3', '34', 1, 0.6),
      row('4', '34', 1, 0.4),
      row('6', '66'),
    ])
    expect(told).toEqual([
      { kind: 'split', old: ['1'], new: ['11', '12'] },
      { kind: 'merged', old: ['3', '4'], new: ['34'] },
      { kind: 'renumbered', old: ['6'], new: ['66'] },
    ])
  })
  it('calls everything else redrawn, and joins what hangs together by a later row', () => {
    expect(stories([row('1', '1', 0.9, 0.95)])[0]?.kind).toBe('redrawn')
    expect(stories([row('1', '1'), row('2', '2'), row('1', '2', 0.1, 0.1)])).toEqual([
      { kind: 'redrawn', old: ['1', '2'], new: ['1', '2'] },
    ])
    expect(stories([])).toEqual([])
    expect(summed(['1', '2'])).toBe('1 + 2')
    expect(summed(['1', '2', '3'], 2)).toBe('1 + 2 + … (3)')
  })
})

describe('the stages of an import', () => {
  it('are over, going on, or to come', () => {
    expect(stagesOf('staging').map((it) => it.at)).toEqual(['done', 'done', 'now', 'later'])
    expect(stagesOf('ready').every((it) => it.at === 'done')).toBe(true)
  })
})

describe('sizes', () => {
  it('are told in the unit that is easy to grasp', () => {
    expect(ground(0.51)).toBe('0.51 m²')
    expect(ground(12_345.6)).toBe('12,346 m²')
    expect(ground(123_456)).toBe('12.3 ha')
    expect(ground(12_345_678)).toBe('12.35 km²')
    expect(fileSize(900)).toBe('900 B')
    expect(fileSize(2048)).toBe('2 KiB')
    expect(fileSize(5 * 1024 * 1024)).toBe('5.0 MiB')
  })
})
