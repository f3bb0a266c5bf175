import type { Brief } from './types'

/** A ticket for tests; says only what the test is about. */
export function brief(id: number, it: Partial<Brief> = {}): Brief {
  return {
    id,
    number: `QX${id}`,
    state: 'PENDING_SIGN',
    stage: 'DISPATCH',
    type: 'help',
    urgency: 'normal',
    channel: 'phone',
    category: null,
    unit: null,
    unitName: null,
    unitNameEn: null,
    position: { lon: 118.95, lat: 32.1, crs: 'WGS84' },
    place: { grid: null, community: null, street: null, district: null, flag: 'ok', areas: {} },
    lamp: 'green',
    warnAt: '2026-01-01T10:00:00+08:00',
    dueAt: '2026-01-01T12:00:00+08:00',
    version: 1,
    flags: [],
    reworks: 0,
    returns: 0,
    registeredAt: '2026-01-01T08:00:00+08:00',
    updatedAt: '2026-01-01T08:00:00+08:00',
    ...it,
  }
}
