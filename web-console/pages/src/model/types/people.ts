/** Who is signed in, and who else is here. */
import type { Names } from './common'

/** Somebody by name, in logs and lists. */
export interface UserRef {
  user: string
  name: string
  nameEn: string
}

export interface Person {
  user: string
  name: string
  nameEn: string
  roles: { id: string; name: Names }[]
  permissions: string[]
  unit: string | null
  areas: string[]
  /** Who is stood in for; roles, unit and areas are then theirs. */
  actingFor: { user: string; name: string; nameEn: string } | null
}

export interface Session {
  csrf: string
  expiresAt: string
  user: Person
  /** What has to be done before anything else; each leads to one's own account. */
  chores: ('changePassword' | 'enrolSecondFactor')[]
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
