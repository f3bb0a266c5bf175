/** The shapes of the HTTP API, as `/api/openapi.yaml` describes them. Times are RFC 3339 text. */

export interface Names {
  zh: string
  en: string
}

export type Crs = 'WGS84' | 'CGCS2000' | 'GCJ-02' | 'BD-09'

/** Longitude first, degrees. */
export interface Position {
  lon: number
  lat: number
  crs: Crs
}

export interface CategoryKey {
  kind: string
  code: string
}

export interface Category extends CategoryKey {
  parent: string | null
  name: string
  nameEn: string
  leaf: boolean
}

export interface Unit {
  code: string
  parent: string | null
  name: string
  nameEn: string
  kind: string
}

export interface SignIn {
  user: string
  password: string
  name: string
  nameEn: string
  roles: Names[]
  unit?: string
}

export interface BoundaryLayer {
  id: string
  /** What the layer is in a district: district, street, community, grid, specialGrid, patrolGrid, unitGrid. */
  role: string | null
  name: Names
}

/** What a map needs of a layer's TileJSON. */
export interface BoundaryTiles {
  boundaryVersion: string
  minzoom: number
  maxzoom: number
  /** West, south, east, north. */
  bounds: [number, number, number, number]
}

export interface City {
  name: Names
  note: Names | null
  sample: boolean
  languages: string[]
  center: { lon: number; lat: number; zoom: number }
  layers: BoundaryLayer[]
  signIns?: SignIn[]
}

export interface Term {
  id: string
  name: Names
  stage?: string
}

export interface Vocabulary {
  types: Term[]
  urgencies: Term[]
  channels: Term[]
  states: Term[]
  stages: Term[]
  actions: Term[]
  clocks: Term[]
  lamps: Term[]
  events: Term[]
}

export interface Person {
  user: string
  name: string
  nameEn: string
  roles: { id: string; name: Names }[]
  permissions: string[]
  unit: string | null
  areas: string[]
}

export interface Session {
  csrf: string
  expiresAt: string
  user: Person
}

export interface Report {
  channel: string
  type: string
  words: string
  caller?: { phone?: string; name?: string; confidential?: boolean }
  address?: string
  position?: Position
  category?: CategoryKey
  urgency?: string
  call?: number
  component?: string
}

export interface Suggestion extends CategoryKey {
  name: string
  nameEn: string
  score: number
  because: string[]
}

export interface Candidate {
  unit: string
  name: string
  nameEn: string
  rule?: string
  basis?: string
}

export interface Ground {
  how: 'rule' | 'person' | 'component'
  component?: string
  componentName?: string
  role?: string
  by?: 'named' | 'near'
  metres?: number
  rule?: string
  basis?: string
  score?: number
  boundaryVersion?: string
  areas?: string[]
  reason?: string
}

export interface Owner {
  unit: string
  name: string
  nameEn: string
  ground: Ground
}

export interface ComponentOwner {
  role: string
  roleName: Names
  unit: string
  name: string
  nameEn: string
  /** Whether the city still has this unit. */
  known: boolean
}

/** 部件: one thing of the register. */
export interface Component {
  code: string
  class: CategoryKey & { name: string; nameEn: string }
  name: string
  position: Position
  areas: { layer: string; code: string; name: string }[]
  owners: ComponentOwner[]
  state: string
  stateName: Names
  since: string
  changedOn: string
  source: string
  note: string
  synthetic: boolean
  version: number
  /** Only in searches around a point. */
  metres?: number
}

export interface ComponentChange {
  version: number
  at: string
  what: string
  user: string | null
  rule: string | null
  stateBefore: string | null
  stateAfter: string
  from: Position | null
  to: Position
  why: string
  ticket: number | null
}

export interface ComponentWithHistory extends Component {
  reportUrl: string
  history: ComponentChange[]
}

export interface ComponentClass extends CategoryKey {
  name: string
  nameEn: string
  /** Report categories that speak of it, KIND:CODE. */
  reports: string[]
}

export interface ComponentVocabulary {
  classes: ComponentClass[]
  states: { id: string; name: Names }[]
  owners: { id: string; name: Names }[]
  digits: number
  nearMetres: number
}

export interface Advice {
  component?: Component | null
  suggestions: Suggestion[]
  owner: Owner | null
  candidates: Candidate[]
}

export type LampColour = 'green' | 'yellow' | 'red'

export interface Deadline {
  clock: string
  startedAt: string
  warnAt: string
  dueAt: string
  lamp: LampColour
  /** A clock that stands still, such as handling while a return is under review. */
  paused?: boolean
}

export type PlaceFlag = 'ok' | 'edge' | 'outside' | 'suspect' | 'unlocated'

export interface Place {
  grid: string | null
  community: string | null
  street: string | null
  district: string | null
  flag: PlaceFlag
  boundaryVersion?: string
  /** Codes by layer, coarse to fine. */
  areas: Record<string, string>
  names?: Record<string, string>
  distanceToBoundary?: number | null
}

export interface Located {
  areas: { layer: string; code: string; name: string }[]
  place: Place
  candidates?: { layer: string; code: string; name: string; share?: number }[]
  position: Position
}

export interface Address {
  name: string
  area?: string
  areaName?: string
  kind?: string
  position: Position
  score: number
  synthetic?: boolean
  /** The name or alias that fits, and which parts of it, in UTF-16 units. */
  matched?: { name: string; ranges: { from: number; to: number }[] }
}

/** A ticket in short; holds no personal data. */
export interface Brief {
  id: number
  number: string
  state: string
  stage: string
  type: string
  urgency: string
  channel: string
  category: (CategoryKey & { name: string; nameEn: string }) | null
  unit: string | null
  unitName: string | null
  unitNameEn: string | null
  position: Position | null
  place: Place
  lamp: LampColour | null
  warnAt: string | null
  dueAt: string | null
  version: number
  reworks: number
  returns: number
  registeredAt: string
  updatedAt: string
}

export interface Ticket extends Brief {
  words: string
  address: string | null
  caller: { name?: string; phone?: string; confidential?: boolean } | null
  suggestions: Suggestion[]
  candidates: Candidate[]
  owner: Owner | null
  componentDetails?: Component | null
  deadlines: Deadline[]
}

export type CallState = 'ringing' | 'missed' | 'talking' | 'held' | 'transferred' | 'ended'

/** One's own part in a call; nothing of the caller. */
export interface CallBrief {
  id: number
  state: CallState
  since: string
  rangAt: string | null
  answeredAt: string | null
  endedAt: string | null
}

export interface CallView extends CallBrief {
  called: string
  /** `phone` is empty for who may not see it now. */
  caller: { kind: 'number' | 'other' | 'withheld'; phone: string; masked: string; name: string }
  callsToday: number
  flags: ('confidential' | 'repeat' | 'overdue')[]
  lastPlace: { ticket: number; address: string; position: Position | null; place: Place } | null
  history: Brief[]
  tickets: number[]
}

export interface TicketEvent {
  seq: number | null
  version: number
  kind: string
  at: string
  actor: { user: string; name: string; nameEn: string; unit: string | null } | null
  /** The rule that acted, when no person did. */
  rule?: string | null
  stateBefore: string | null
  stateAfter: string
  unitBefore: string | null
  unitAfter: string | null
  data?: Record<string, unknown>
  words: string | null
  hash: string
}

export type FieldType = 'text' | 'choice' | 'unit' | 'category' | 'boolean'

export interface ActionField {
  name: string
  label: Names
  type: FieldType
  required: boolean
  options?: { id: string; name: Names }[]
}

export interface OfferedAction {
  action: string
  name: Names
  fields: ActionField[]
}

export interface Offer {
  version: number
  actions: OfferedAction[]
}

export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail?: string
  field?: string
  legal?: string[]
  ticket?: Ticket
}

/** Somebody else at the same ticket; without a name when this person may not know who. */
export interface Colleague {
  user: string | null
  name: string | null
  nameEn: string | null
  unit: string | null
  unitName: string | null
  unitNameEn: string | null
  mode: 'viewing' | 'editing'
  since: string
}

export interface OnlineCount {
  people: number
  units: { unit: string | null; unitName: string | null; unitNameEn: string | null; people: number }[]
}

export interface TicketPage {
  tickets: Brief[]
  next: string | null
  /** How many on all pages; only when words were asked for. */
  total?: number | null
}
