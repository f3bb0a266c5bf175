/** Reports, tickets, their history and what may be done with them. */
import type { Place } from './city'
import type { CategoryKey, Names, Position } from './common'
import type { Component } from './component'

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
  attachments?: number[]
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
  /** What is true of it beside its state, such as URGED. */
  flags: string[]
  reworks: number
  returns: number
  registeredAt: string
  updatedAt: string
}

/** The ticket of a platform above that a ticket answers; its deadline is the clock `parent`. */
export interface ParentTicket {
  number: string
  dueAt: string
  replyForm: string
  replyFormName: Names | null
  revisit: '' | 'unreached' | 'solved' | 'unsolved'
  satisfaction: string
  end: '' | 'withdrawn' | 'returned'
}

/** What a ticket's life has come to; absent for whoever checks blindly. */
export interface TicketLife {
  supervision: number
  urges: number
  request: {
    kind: 'extension' | 'suspension' | 'rejection'
    step: 'asked' | 'supported'
    what: string
    more: string
    until: string | null
  } | null
  draft: { action: string; signed: number; what: string; more: string; chain: string[] } | null
  resumeOn: string | null
  parts: { unit: string; kind: string; step: 'asked' | 'signed' | 'reported' }[]
  /** The ticket that it goes on in. */
  master: number | null
  /** The ticket that it was split off, and those that were split off it. */
  origin: number | null
  split: number[]
  /** While it waits for its check: whether the lot has fallen on somebody. */
  check: 'drawn' | 'nobody' | null
  appeal: 'none' | 'filed' | 'supported' | 'granted' | 'refused'
}

export interface Ticket extends Brief {
  words: string
  address: string | null
  caller: { name?: string; phone?: string; confidential?: boolean } | null
  suggestions: Suggestion[]
  candidates: Candidate[]
  owner: Owner | null
  componentDetails?: Component | null
  parent?: ParentTicket | null
  life?: TicketLife | null
  /** Whom the lot fell on to check it, for who may know. */
  checker?: { user: string; name: string; nameEn: string } | null
  deadlines: Deadline[]
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

export type FieldType = 'text' | 'choice' | 'unit' | 'category' | 'boolean' | 'date' | 'time' | 'ticket'

export interface ActionField {
  name: string
  label: Names
  type: FieldType
  required: boolean
  options?: { id: string; name: Names }[]
}

export interface OfferedAction {
  action: string
  /** Somebody waits for it; the others may be done, and nobody waits. */
  task: boolean
  name: Names
  fields: ActionField[]
  evidence?: WantedEvidence | null
}

export interface Offer {
  version: number
  actions: OfferedAction[]
}

export interface TicketPage {
  tickets: Brief[]
  next: string | null
  /** How many on all pages; only when words were asked for. */
  total?: number | null
}

/** A file that arrived and waits for its form. */
export interface SentFile {
  id: number
  name: string
  type: string
  bytes: number
}

export interface Attachment {
  id: number
  sha256: string
  bytes: number
  type: string
  family: 'photo' | 'letter' | 'recording'
  width: number | null
  height: number | null
  uploadedAt: string
  takenAt?: string | null
  position?: Position | null
  /** Who says where it was made: the file itself, or the device that sent it. */
  positionBy?: 'file' | 'device' | null
  accuracy?: number | null
}

export interface TicketAttachment extends Attachment {
  version: number | null
  /** It came with the ticket that this one was split off, and so with a step of that one. */
  ofOrigin: boolean
  preview: boolean
  download: boolean
  original: boolean
}

/** What a city's rule asks for with an action. */
export interface WantedEvidence {
  photos: number
  nearMetres: number | null
  reason: Names
}
