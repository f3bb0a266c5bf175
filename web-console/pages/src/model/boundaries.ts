/** Versions of the boundaries and imports of a layer, as `/api/openapi.yaml` describes them, and what follows from them. */
import type { BoundaryLayer, Names, Position } from './types'

export type VersionState = 'current' | 'planned' | 'past' | 'withdrawn' | 'staged' | 'staging'

export interface Who {
  user: string
  name: string
  nameEn: string
}

export interface VersionLayer extends BoundaryLayer {
  file: string
  sha256: string
  crs: string
  /** The fields of the file that gave code, name and parent. */
  code: string
  nameField: string
  parent: string
  priority: string
}

export interface BoundaryVersion {
  version: string
  serial: number
  state: VersionState
  origin: 'pack' | 'import'
  base: string | null
  validFrom: string | null
  activatedAt: string | null
  withdrawnAt: string | null
  activatedBy: Who | null
  note: string
  areas: number
  layers: VersionLayer[]
}

export interface BoundaryVersions {
  current: string
  versions: BoundaryVersion[]
}

export type ImportState =
  | 'received'
  | 'checking'
  | 'staging'
  | 'comparing'
  | 'ready'
  | 'stale'
  | 'refused'
  | 'failed'
  | 'activated'
  | 'discarded'

export interface ImportBrief {
  id: number
  state: ImportState
  running: boolean
  percent: number
  layer: string
  file: string
  bytes: number
  sha256: string
  user: Who | null
  createdAt: string
  version: string | null
  validFrom: string | null
  problem: string | null
}

export type Severity = 'fatal' | 'repaired' | 'noted'

export interface ImportFinding {
  code: string
  severity: string
  feature: string
  reason: string
  position: Position | null
  squareMetres: number
}

export type ChangeKind = 'added' | 'removed' | 'moved' | 'renamed'

export interface AreaChange {
  kind: ChangeKind
  code: string
  name: string
  squareMetresBefore: number
  squareMetres: number
  movedSquareMetres: number
}

export interface Heritage {
  layer: string
  old: string
  new: string
  shareOfOld: number
  shareOfNew: number
  oldStays: boolean
}

export interface MovingTicket {
  number: string
  from: string[]
  to: string[]
  unitFrom: string | null
  unitTo: string | null
}

export interface BoundaryWarning {
  code: string
  count: number
  text: Names
  items: string[]
}

export interface BoundaryChanges {
  base: string
  layer: string
  counts: Record<ChangeKind, number>
  areas: AreaChange[]
  lineage: Heritage[]
  tickets: { looked: number; complete?: boolean; otherArea: number; otherUnit: number; shown: MovingTicket[] }
  warnings: BoundaryWarning[]
}

export interface BoundaryImport extends ImportBrief {
  wishes: {
    layer: string
    code: string
    name: string
    parent: string
    priority: string
    crs: string
    note: string
    validFrom: string | null
    layerName?: Names
  }
  findings: ImportFinding[]
  changes: BoundaryChanges | null
}

export interface BoundaryLogLine {
  at: string
  kind: string
  user: Who | null
  import: number | null
  version: string | null
  note: string
}

/** A word that is not known yet is something to look at, never something to pass over. */
export function severityOf(finding: { severity: string }): Severity {
  return finding.severity === 'fatal' || finding.severity === 'repaired' ? finding.severity : 'noted'
}

const GRAVE: readonly Severity[] = ['fatal', 'repaired', 'noted']

/** The gravest first, then what moved most ground; otherwise as they came. */
export function byGravity(findings: readonly ImportFinding[]): ImportFinding[] {
  return [...findings].sort(
    (a, b) => GRAVE.indexOf(severityOf(a)) - GRAVE.indexOf(severityOf(b)) || b.squareMetres - a.squareMetres,
  )
}

export function countBySeverity(findings: readonly ImportFinding[]): Record<Severity, number> {
  const counts = { fatal: 0, repaired: 0, noted: 0 }
  for (const finding of findings) counts[severityOf(finding)] += 1
  return counts
}

/** The version that can be taken back: the newest that counts, as long as another one stands before it. */
export function findTakeable(versions: readonly BoundaryVersion[]): BoundaryVersion | null {
  const counting = versions
    .filter(({ state }) => state === 'current' || state === 'planned' || state === 'past')
    .sort((a, b) => b.serial - a.serial)
  return counting.length > 1 ? (counting[0] ?? null) : null
}

/** The version that would hold if the given one were taken back. */
export function findBefore(version: BoundaryVersion, versions: readonly BoundaryVersion[]): BoundaryVersion | null {
  return versions.find((it) => it.version === version.base) ?? null
}

/** The layers in which a version differs from the one that it stands on: other file, or not there before. */
export function changedLayers(version: BoundaryVersion, base: BoundaryVersion | null): VersionLayer[] {
  if (!base) return version.layers
  const before = new Map(base.layers.map((layer) => [layer.id, layer.sha256]))
  return version.layers.filter((layer) => before.get(layer.id) !== layer.sha256)
}

export type LineageKind = 'split' | 'merged' | 'renumbered' | 'redrawn'

/** Pieces of ground that belong to one story: what they were, what they are. */
export interface Lineage {
  kind: LineageKind
  old: string[]
  new: string[]
}

/** As the server counts: `docs/boundaries.md`. */
const WHOLE = 0.95

/** Groups rows that share an area, and calls each group by what happened to it. */
export function stories(rows: readonly Heritage[]): Lineage[] {
  const groups: Heritage[][] = []
  for (const row of rows) {
    const touching = groups.filter((group) => group.some((it) => it.old === row.old || it.new === row.new))
    const joined = [...touching.flat(), row]
    for (const group of touching) groups.splice(groups.indexOf(group), 1)
    groups.push(joined)
  }
  return groups.map((group) => {
    const old = [...new Set(group.map((row) => row.old))].sort()
    const fresh = [...new Set(group.map((row) => row.new))].sort()
    return { kind: kindOf(group, old, fresh), old, new: fresh }
  })
}

function kindOf(group: readonly Heritage[], old: readonly string[], fresh: readonly string[]): LineageKind {
  const first = group[0]
  if (old.length === 1 && fresh.length > 1) return 'split'
  if (old.length > 1 && fresh.length === 1) return 'merged'
  const alone = group.length === 1 && first !== undefined
  if (alone && first.old !== first.new && first.shareOfOld >= WHOLE && first.shareOfNew >= WHOLE) return 'renumbered'
  return 'redrawn'
}

/** Codes in a row, the first few where there are many. */
export function summed(codes: readonly string[], most = 6): string {
  const shown = codes.slice(0, most).join(' + ')
  return codes.length > most ? `${shown} + … (${codes.length})` : shown
}

/** Where a running import stands: stage by stage, what is over, what goes on, what comes. */
export const STAGES = ['received', 'checking', 'staging', 'comparing'] as const

export function stagesOf(state: ImportState): { id: (typeof STAGES)[number]; at: 'done' | 'now' | 'later' }[] {
  const here = STAGES.findIndex((id) => id === state)
  return STAGES.map((id, index) => ({ id, at: here < 0 || index < here ? 'done' : index === here ? 'now' : 'later' }))
}

/** Ground in square metres, or hectares and square kilometres where those are easier to grasp. */
export function ground(squareMetres: number): string {
  const size = Math.abs(squareMetres)
  const plain = (value: number, digits: number) =>
    value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: 0 })
  if (size >= 1e6) return `${plain(squareMetres / 1e6, 2)} km²`
  if (size >= 1e5) return `${plain(squareMetres / 1e4, 1)} ha`
  return `${plain(squareMetres, size < 10 ? 2 : 0)} m²`
}

export function fileSize(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
  if (bytes >= 1024) return `${Math.round(bytes / 1024)} KiB`
  return `${bytes} B`
}
