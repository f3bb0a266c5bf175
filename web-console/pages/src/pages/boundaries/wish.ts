/** What somebody wants of a file: the form in front of an upload, and what is wrong with it. Pure. */
import type { MessageKey } from '@/i18n'
import type { BoundaryVersion } from '@/model/boundaries'

export const NEW_LAYER = '+'
export const OTHER_CRS = 'EPSG'
export const MOST_BYTES = 256 * 1024 * 1024

/** Coordinate systems by the names that the server knows; '' is what the file says. */
export const SYSTEMS = ['', 'WGS84', 'CGCS2000', 'GCJ-02', 'BD-09', OTHER_CRS] as const

const ENDINGS = ['.geojson', '.json', '.geojson.gz', '.json.gz', '.zip', '.gpkg']
export const ACCEPT = '.geojson,.json,.gz,.zip,.gpkg'

export interface Wish {
  /** The id of a layer that is there, or NEW_LAYER. */
  layer: string
  newId: string
  newName: string
  newNameEn: string
  code: string
  name: string
  parent: string
  priority: string
  crs: string
  epsg: string
  note: string
}

export function emptyWish(): Wish {
  return {
    layer: '',
    newId: '',
    newName: '',
    newNameEn: '',
    code: 'code',
    name: 'name',
    parent: 'parent',
    priority: '',
    crs: '',
    epsg: '',
    note: '',
  }
}

/** The fields that the layer's last file had; a new layer begins with the usual ones. */
export function withLayer(wish: Wish, layer: string, current: BoundaryVersion | undefined): Wish {
  const before = current?.layers.find((it) => it.id === layer)
  const usual = emptyWish()
  return {
    ...wish,
    layer,
    code: before?.code || usual.code,
    name: before ? before.nameField : usual.name,
    parent: before ? before.parent : '',
    priority: before?.priority ?? '',
  }
}

const CODES = ['code', 'bgcode', 'adcode', 'id', 'gid']
const NAMES = ['name', 'bgname', 'mc', 'title']
const PARENTS = ['parent', 'parentcode', 'parent_code', 'pcode']

/** Corrects what a wish says about fields by those that the file has: same letters first, then the usual names, else none. */
export function withFields(wish: Wish, fields: readonly string[]): Wish {
  if (fields.length === 0) return wish
  const found = (asked: string, usual: readonly string[]): string | undefined =>
    [asked, ...usual]
      .map((one) => fields.find((it) => it.toLowerCase() === one.toLowerCase()))
      .find((it) => it !== undefined)
  return {
    ...wish,
    code: found(wish.code, CODES) ?? '',
    name: found(wish.name, NAMES) ?? '',
    parent: found(wish.parent, wish.parent ? PARENTS : []) ?? '',
    priority: found(wish.priority, []) ?? '',
  }
}

export type WishField = 'file' | 'layer' | 'newId' | 'newName' | 'code' | 'epsg' | 'note'

/** What keeps the wish from being sent, by field. */
export function problemsOf(
  wish: Wish,
  file: { name: string; size: number } | null,
  known: readonly string[],
): Partial<Record<WishField, MessageKey>> {
  const problems: Partial<Record<WishField, MessageKey>> = {}
  if (!file) problems.file = 'bnFileMissing'
  else if (!ENDINGS.some((ending) => file.name.toLowerCase().endsWith(ending))) problems.file = 'bnFileKind'
  else if (file.size === 0) problems.file = 'bnFileEmpty'
  else if (file.size > MOST_BYTES) problems.file = 'bnFileBig'
  if (!wish.layer) problems.layer = 'bnLayerMissing'
  if (wish.layer === NEW_LAYER) {
    if (!/^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(wish.newId)) problems.newId = 'bnLayerIdWrong'
    else if (known.includes(wish.newId)) problems.newId = 'bnLayerIdUsed'
    if (!wish.newName.trim()) problems.newName = 'bnLayerNameMissing'
  }
  if (!wish.code.trim()) problems.code = 'bnCodeMissing'
  if (wish.crs === OTHER_CRS && !/^\d{4,6}$/.test(wish.epsg.trim())) problems.epsg = 'bnEpsgWrong'
  if (wish.note.length > 500) problems.note = 'bnNoteLong'
  return problems
}

/** The wish as the API takes it. */
export function toQuery(wish: Wish, file: string): Record<string, string> {
  const fresh = wish.layer === NEW_LAYER
  return {
    layer: fresh ? wish.newId : wish.layer,
    ...(fresh && { layerName: wish.newName.trim(), layerNameEn: wish.newNameEn.trim() || wish.newName.trim() }),
    code: wish.code.trim(),
    name: wish.name.trim(),
    parent: wish.parent.trim(),
    ...(wish.priority.trim() && { priority: wish.priority.trim() }),
    crs: wish.crs === OTHER_CRS ? `EPSG:${wish.epsg.trim()}` : wish.crs,
    file,
    note: wish.note.trim(),
  }
}

/** The names of the fields of the first feature, from the beginning of a GeoJSON file; none when it can't be told. */
export function fieldsOf(beginning: string): string[] {
  const features = beginning.indexOf('"features"')
  const found = /"properties"\s*:\s*\{/g
  found.lastIndex = Math.max(features, 0)
  const start = found.exec(beginning)
  if (!start) return []
  const object = balanced(beginning, start.index + start[0].length - 1)
  try {
    return object ? Object.keys(JSON.parse(object) as object) : []
  } catch {
    return []
  }
}

/** The JSON object that begins at this brace; null when the text ends before it does. */
function balanced(text: string, brace: number): string | null {
  let depth = 0
  let quoted = false
  for (let at = brace; at < text.length; at++) {
    const letter = text[at]
    if (quoted) {
      if (letter === '\\') at += 1
      else if (letter === '"') quoted = false
    } else if (letter === '"') quoted = true
    else if (letter === '{') depth += 1
    else if (letter === '}' && --depth === 0) return text.slice(brace, at + 1)
  }
  return null
}
