/** One's own account, the accounts of others, and the log of what was done to them. */
import type { Names, Session, UserRef } from '@/model/types'
import { call, post, query } from './api'

export interface Account {
  passwordAt: string
  passwordEnds: string | null
  leastLength: number
  secondFactor: { enrolled: boolean; required: boolean; recoveryCodes: number }
}

export interface OpenSession {
  id: number
  current: boolean
  agent: string
  openedAt: string
  expiresAt: string
}

export interface UserAccount {
  id: number
  user: string
  name: string
  nameEn: string
  unit: string | null
  areas: string[]
  roles: string[]
  state: 'active' | 'disabled' | 'deleted'
  passwordSet: boolean
  secondFactor: boolean
  locked: boolean
  createdAt: string
  lastSignIn: string | null
  version: number
}

export interface RoleInfo {
  id: string
  name: Names
  scope: 'district' | 'area' | 'unit' | 'drawn' | 'none'
  admin: 'system' | 'security' | 'audit' | null
  permissions: string[]
}

export interface Proposal {
  id: number
  change: string
  subject: UserRef | null
  unit?: string | null
  areas?: string[]
  roles?: string[]
  why: string
  proposedBy: UserRef | null
  proposedAt: string
  expiresAt: string
  decided: { by: UserRef | null; at: string; confirmed: boolean } | null
}

export interface SignInPolicy {
  version: number
  leastLength: number
  history: number
  rotationDays: number
  mostFailures: number
  lockMinutes: number
  sessionHours: number
  secondFactor: 'optional' | 'administrators' | 'everybody'
}

export interface PeopleLogLine {
  id: number
  at: string
  kind: string
  actor: UserRef | null
  subject: UserRef | null
  before: Record<string, string>
  after: Record<string, string>
  why: string
}

/** `passwordLink`: where the holder sets their password; told once. `proposal`: another has to decide. */
export interface Changed {
  user?: UserAccount
  passwordLink?: string
  proposal?: Proposal
}

export interface Delegation {
  id: number
  for: UserRef
  to: UserRef
  from: string
  until: string
  why: string
  holds: boolean
}

const own = { ownUnauthorised: true }

export const accountApi = {
  show: () => call<Account>('/api/v1/account'),
  changePassword: (current: string, password: string) =>
    post<void>('/api/v1/account/password', { current, password }, own),
  beginSecondFactor: (password: string, code?: string) =>
    post<{ secret: string; uri: string; qr: string }>('/api/v1/account/second-factor', { password, code }, own),
  confirmSecondFactor: (code: string) =>
    post<{ recoveryCodes: string[] }>('/api/v1/account/second-factor/confirmation', { code }, own),
  removeSecondFactor: (password: string, code?: string) =>
    post<void>('/api/v1/account/second-factor/removal', { password, code }, own),
  sessions: () => call<{ sessions: OpenSession[] }>('/api/v1/account/sessions').then((it) => it.sessions),
  end: (id: number) => call<void>(`/api/v1/account/sessions/${id}`, { method: 'DELETE' }),
  endOthers: () => call<{ ended: number }>('/api/v1/account/sessions', { method: 'DELETE' }),
  readLink: (token: string) =>
    post<{ user: string; name: string; nameEn: string; leastLength: number }>('/api/v1/password-links', { token }, own),
  useLink: (token: string, password: string) => post<void>('/api/v1/password', { token, password }, own),
}

export const standInApi = {
  list: () => call<{ delegations: Delegation[] }>('/api/v1/delegations').then((it) => it.delegations),
  give: (to: string, until: string) => post<Delegation>('/api/v1/delegations', { to, until }),
  end: (id: number) => call<void>(`/api/v1/delegations/${id}`, { method: 'DELETE' }),
  act: (delegation: number | null) => post<Session>('/api/v1/sessions/current/acting', { delegation }),
}

/** The provider by which one can sign in as well; null without one. */
export const outsideProvider = () => call<{ name: string | null }>('/api/v1/oidc').then((it) => it.name)

export interface UserQuery {
  q?: string
  role?: string
  unit?: string
  state?: string
  cursor?: string
}

export const peopleApi = {
  users: (asked: UserQuery) =>
    call<{ users: UserAccount[]; next: string | null }>(`/api/v1/users${query({ ...asked, limit: 50 })}`),
  add: (body: { user: string; name: string; nameEn: string; unit: string }) => post<Changed>('/api/v1/users', body),
  act: (user: UserAccount, action: string, members: Record<string, unknown> = {}) =>
    post<Changed>(`/api/v1/users/${user.id}/actions`, { ...members, action, version: user.version }),
  roles: () => call<{ roles: RoleInfo[] }>('/api/v1/roles').then((it) => it.roles),
  proposals: () => call<{ proposals: Proposal[] }>('/api/v1/user-proposals').then((it) => it.proposals),
  decide: (id: number, action: 'confirm' | 'refuse', why: string) =>
    post<Changed | undefined>(`/api/v1/user-proposals/${id}/actions`, { action, why }),
  policy: () => call<SignInPolicy>('/api/v1/sign-in-policy'),
  setPolicy: (policy: SignInPolicy) => post<SignInPolicy>('/api/v1/sign-in-policy', policy),
  log: (asked: { kind?: string; cursor?: string }) =>
    call<{ log: PeopleLogLine[]; next: string | null }>(`/api/v1/people-log${query(asked)}`),
}
