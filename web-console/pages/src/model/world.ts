/**
 * What one browser tab knows of the open tickets, and the only place where that knowledge changes.
 * Pure: no clock, no network; time comes in with a `tick`.
 */
import type { Brief } from './types'

export interface SnapshotEvent {
  type: 'snapshot'
  epoch: string
  seq: number
  tickets: Brief[]
  last: boolean
}
export interface ChangeEvent {
  type: 'change'
  seq: number
  kind: string
  ticket: Brief
  /** When this tab heard of it, in milliseconds; only for the ticker and the pulse. */
  heardAt: number
}
export interface GoneEvent {
  type: 'gone'
  seq: number
  id: number
}
export interface HeartbeatEvent {
  type: 'heartbeat'
  seq: number
}
/** Local: time went on; closed tickets whose farewell is over leave the open set. */
export interface TickEvent {
  type: 'tick'
  at: number
}
export type WorldEvent = SnapshotEvent | ChangeEvent | GoneEvent | HeartbeatEvent | TickEvent

export interface Change {
  seq: number
  kind: string
  ticket: Brief
  heardAt: number
  isNew: boolean
}

export interface World {
  readonly epoch: string
  readonly seq: number
  /** True once a snapshot has arrived whole. */
  readonly complete: boolean
  readonly open: ReadonlyMap<number, Brief>
  /** Parts of a snapshot that is still arriving; null when none is. */
  readonly arriving: ReadonlyMap<number, Brief> | null
  /** Closed tickets that are still shown for a moment: id → time of the news. */
  readonly leaving: ReadonlyMap<number, number>
  /** Versions of tickets that left, so that late news can't bring them back. */
  readonly departed: ReadonlyMap<number, number>
  /** Latest news first, at most {@link RECENT_LIMIT}. */
  readonly recent: readonly Change[]
}

export const RECENT_LIMIT = 60
export const DEPARTED_LIMIT = 2000
export const FAREWELL_MS = 4000

const CLOSED = new Set(['CLOSED', 'ARCHIVED', 'ANSWERED', 'REJECTED', 'MERGED', 'CANCELLED'])

export function isClosed(state: string): boolean {
  return CLOSED.has(state)
}

export const emptyWorld: World = {
  epoch: '',
  seq: 0,
  complete: false,
  open: new Map(),
  arriving: null,
  leaving: new Map(),
  departed: new Map(),
  recent: [],
}

export function apply(world: World, event: WorldEvent): World {
  return applyAll(world, [event])
}

/** The same as applying one after the other, but copies the open set once for the whole batch. */
export function applyAll(world: World, events: readonly WorldEvent[]): World {
  const next = new Draft(world)
  for (const event of events) {
    switch (event.type) {
      case 'snapshot':
        next.snapshot(event)
        break
      case 'change':
        next.change(event)
        break
      case 'gone':
        next.gone(event)
        break
      case 'heartbeat':
        next.reach(event.seq)
        break
      case 'tick':
        next.tick(event.at)
        break
    }
  }
  return next.world
}

/** A world being changed; copies a collection the first time that it is written. */
class Draft {
  world: World
  private readonly owned = new Set<unknown>()

  constructor(world: World) {
    this.world = world
  }

  reach(seq: number): void {
    if (seq > this.world.seq) this.world = { ...this.world, seq }
  }

  snapshot(event: SnapshotEvent): void {
    const arriving = new Map(this.world.arriving ?? [])
    for (const ticket of event.tickets) arriving.set(ticket.id, ticket)
    if (!event.last) {
      this.world = { ...this.world, arriving }
      return
    }
    this.owned.add(arriving)
    // A snapshot of another epoch is another log: its numbers start anew and nothing older counts.
    const sameLog = event.epoch === this.world.epoch
    this.world = {
      ...this.world,
      epoch: event.epoch,
      seq: sameLog ? Math.max(this.world.seq, event.seq) : event.seq,
      complete: true,
      open: arriving,
      arriving: null,
      leaving: new Map(),
      departed: sameLog ? this.world.departed : new Map(),
      recent: sameLog ? this.world.recent : [],
    }
  }

  change(event: ChangeEvent): void {
    this.reach(event.seq)
    const { ticket } = event
    const known = this.world.open.get(ticket.id)
    const knownVersion = known?.version ?? this.world.departed.get(ticket.id) ?? -1
    if (ticket.version < knownVersion) return
    const closed = isClosed(ticket.state)
    if (!known && closed) return
    this.writable('open').set(ticket.id, ticket)
    if (closed) this.writable('leaving').set(ticket.id, event.heardAt)
    else if (this.world.leaving.has(ticket.id)) this.writable('leaving').delete(ticket.id)
    if (known && ticket.version === known.version) return
    const news: Change = { seq: event.seq, kind: event.kind, ticket, heardAt: event.heardAt, isNew: !known }
    this.world = { ...this.world, recent: [news, ...this.world.recent].slice(0, RECENT_LIMIT) }
  }

  gone(event: GoneEvent): void {
    this.reach(event.seq)
    this.leave(event.id)
  }

  tick(at: number): void {
    for (const [id, since] of [...this.world.leaving]) if (at - since >= FAREWELL_MS) this.leave(id)
  }

  private leave(id: number): void {
    const known = this.world.open.get(id)
    if (!known) return
    this.writable('open').delete(id)
    if (this.world.leaving.has(id)) this.writable('leaving').delete(id)
    const departed = this.writable('departed')
    departed.delete(id)
    departed.set(id, known.version)
    for (const oldest of departed.keys()) {
      if (departed.size <= DEPARTED_LIMIT) break
      departed.delete(oldest)
    }
  }

  private writable<K extends 'open' | 'leaving' | 'departed'>(key: K): Map<number, MapValue<World[K]>> {
    let map = this.world[key] as Map<number, MapValue<World[K]>>
    if (!this.owned.has(map)) {
      map = new Map(map)
      this.owned.add(map)
      this.world = { ...this.world, [key]: map }
    }
    return map
  }
}

type MapValue<M> = M extends ReadonlyMap<number, infer V> ? V : never
