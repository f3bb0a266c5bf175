/** Duty rosters. */
import type { DutyPerson, Shift, ShiftWish } from '@/model/roster'
import { call, post, query } from './api'

export const rosterApi = {
  shifts: (asked: { from?: string; until?: string; unit?: string }) =>
    call<{ shifts: Shift[] }>(`/api/v1/duty-shifts${query(asked)}`).then((it) => it.shifts),
  people: (unit: string) =>
    call<{ people: DutyPerson[] }>(`/api/v1/duty-people${query({ unit })}`).then((it) => it.people),
  add: (shifts: ShiftWish[]) => post<{ shifts: Shift[] }>('/api/v1/duty-shifts', { shifts }).then((it) => it.shifts),
  remove: (id: number) => call<void>(`/api/v1/duty-shifts/${id}`, { method: 'DELETE' }),
}
