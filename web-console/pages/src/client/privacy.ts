/** Forgetting people, who opened a case, and records that are of one caller. */
import type { UserRef } from '@/model/types'
import { call, post, query } from './api'

export interface Erasure {
  id: number
  ground: 'request' | 'mistake' | 'retention'
  state: 'requested' | 'refused' | 'withdrawn' | 'approved' | 'done'
  tickets: number
  openTickets: number
  toldTickets: number
  requestedBy: UserRef | null
  /** In whose stead it was asked. */
  requestedFor: UserRef | null
  rule: string | null
  requestedAt: string
  decidedBy: UserRef | null
  decidedAt: string | null
  doneAt: string | null
}

interface TicketRef {
  id: number
  number: string
}

export interface CallerMerge {
  id: number
  by: UserRef | null
  at: string
  keep: TicketRef[]
  merge: TicketRef[]
  undoneBy: UserRef | null
  undoneAt: string | null
}

export interface OpenedBy {
  unit: string | null
  name: string | null
  nameEn: string | null
  people: number
  firstAt: string
  lastAt: string
}

export interface Opening {
  ticket: TicketRef
  user: UserRef | null
  unit: string | null
  firstAt: string
  lastAt: string
}

export interface Look {
  id: number
  ticket: TicketRef
  user: UserRef | null
  purpose: string
  at: string
}

interface AuditQuery {
  user: string
  ticket: string
  cursor?: string
}

export const privacyApi = {
  erasures: () => call<{ erasures: Erasure[] }>('/api/v1/erasures').then((it) => it.erasures),
  ask: (whom: { phone: string } | { ticket: string }, ground: string) =>
    post<Erasure>('/api/v1/erasures', { ...whom, ground }),
  decide: (id: number, decision: 'approve' | 'refuse' | 'withdraw') =>
    post<Erasure>(`/api/v1/erasures/${id}/decision`, { decision }),
  opened: (ticket: number) => call<{ units: OpenedBy[] }>(`/api/v1/tickets/${ticket}/opened`).then((it) => it.units),
  merges: (ticket: number) =>
    call<{ merges: CallerMerge[] }>(`/api/v1/caller-merges${query({ ticket })}`).then((it) => it.merges),
  merge: (keep: number, merge: number) => post<{ id: number }>('/api/v1/caller-merges', { keep, merge }),
  undoMerge: (id: number) => post<void>(`/api/v1/caller-merges/${id}/undo`, {}),
  openings: (asked: AuditQuery) =>
    call<{ openings: Opening[]; next: string | null }>(`/api/v1/case-openings${query({ ...asked })}`),
  looks: (asked: AuditQuery) =>
    call<{ looks: Look[]; next: string | null }>(`/api/v1/caller-looks${query({ ...asked })}`),
}
