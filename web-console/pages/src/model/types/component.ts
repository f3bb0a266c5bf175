/** 部件: the register of things in the street. */
import type { CategoryKey, Names, Position } from './common'

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
  /** Only where name or owners changed. */
  nameBefore?: string
  nameAfter?: string
  ownersBefore?: ComponentOwner[]
  ownersAfter?: ComponentOwner[]
  why: string
  ticket: number | null
}

/** Unit codes by what each owner is: authority, property, maintenance. */
export type OwnerCodes = Record<string, string>

/** What a surveyor writes down on the spot. */
export interface ComponentDraft {
  class: CategoryKey
  name?: string
  position: Position
  owners: OwnerCodes
  state: string
  note: string
}

export interface ComponentImport {
  id: number
  name: string
  at: string
  state: 'waiting' | 'running' | 'done' | 'failed'
  problem: string | null
  accepted: number
  rejected: number
  added: number
  changed: number
  unchanged: number
  kept: number
  rejections: { line: number; code: string; reason: string }[]
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
