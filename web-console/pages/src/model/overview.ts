import { LAMP_RANK, lampAt } from './lamp'
import type { Brief, LampColour } from './types'

export type MapSort = 'latest' | 'due'

export interface Bounds {
  west: number
  south: number
  east: number
  north: number
}

export interface Overview {
  lamps: Record<LampColour | 'none', number>
  stages: ReadonlyMap<string, number>
  /** The first tickets of the view in the wished order, at most the limit. */
  rows: readonly Brief[]
  /** How many there are in the view in all. */
  inView: number
}

/** Counts all open tickets and lists those in view. Tickets without a position can't be out of view, so they count. */
export function overview(
  open: Iterable<Brief>,
  view: Bounds | null,
  wish: { lamp: LampColour | null; sort: MapSort; limit: number },
  now: number,
): Overview {
  const lamps = { green: 0, yellow: 0, red: 0, none: 0 }
  const stages = new Map<string, number>()
  const first = new Leaders(wish.limit, wish.sort === 'latest' ? latestFirst : urgentFirst(now))
  let inView = 0
  for (const ticket of open) {
    const lamp = lampAt(ticket, now)
    lamps[lamp ?? 'none'] += 1
    stages.set(ticket.stage, (stages.get(ticket.stage) ?? 0) + 1)
    if (wish.lamp && lamp !== wish.lamp) continue
    if (view && ticket.position && !inside(ticket.position, view)) continue
    inView += 1
    first.offer(ticket)
  }
  return { lamps, stages, rows: first.rows, inView }
}

/** The first few of many without sorting them all: several times a second, of thousands, only a page is shown. */
class Leaders {
  readonly rows: Brief[] = []

  constructor(
    private readonly limit: number,
    private readonly order: (a: Brief, b: Brief) => number,
  ) {}

  offer(ticket: Brief): void {
    const { rows, limit, order } = this
    const last = rows[rows.length - 1]
    if (rows.length >= limit && last && order(ticket, last) >= 0) return
    let low = 0
    let high = rows.length
    while (low < high) {
      const middle = (low + high) >> 1
      const at = rows[middle]
      if (at && order(ticket, at) < 0) high = middle
      else low = middle + 1
    }
    rows.splice(low, 0, ticket)
    if (rows.length > limit) rows.pop()
  }
}

function inside(at: { lon: number; lat: number }, view: Bounds): boolean {
  return at.lon >= view.west && at.lon <= view.east && at.lat >= view.south && at.lat <= view.north
}

function latestFirst(a: Brief, b: Brief): number {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt < b.updatedAt ? 1 : -1
  return b.id - a.id
}

function urgentFirst(now: number) {
  const rank = (ticket: Brief): number => {
    const lamp = lampAt(ticket, now)
    return lamp ? LAMP_RANK[lamp] : 3
  }
  return (a: Brief, b: Brief): number => {
    const byLamp = rank(a) - rank(b)
    if (byLamp !== 0) return byLamp
    const dueA = a.dueAt ?? '9'
    const dueB = b.dueAt ?? '9'
    return dueA === dueB ? b.id - a.id : dueA < dueB ? -1 : 1
  }
}
