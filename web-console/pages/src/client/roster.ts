/** Duty rosters. */
import type { DutyPerson, Shift, ShiftWish } from '@/model/roster'
import { call, post, query } from './api'

export const rosterApi = {
  shifts: (asked: { from?: string; until?: string; unit?: string }) =>
    call<{ shifts: Shift[] }>(`/api/v1/duty-shifts${query(asked)}`).then((it) => it.shifts),
  people: (unit: string) =>
    call<{ people: DutyPerson[] }>(`/api/v1/duty-people${query({ unit })}`).then((it) => it.people),
  /** Takes some off the roster and puts others on it, all or none; tells those that are new. */
  arrange: (shifts: ShiftWish[], remove: readonly Shift[] = []) =>
    post<{ shifts: Shift[] }>('/api/v1/duty-shifts', { shifts, remove: remove.map((it) => it.id) }).then(
      (it) => it.shifts,
    ),
}
