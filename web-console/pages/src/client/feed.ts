/**
 * The live feed: one EventSource for the whole tab, shared by every page. Raw events are gathered and applied once per
 * animation frame, so a burst costs one change of state.
 */
import { computed, shallowRef } from 'vue'
import type { Brief } from '@/model/types'
import { applyAll, emptyWorld, type ChangeEvent, type WorldEvent } from '@/model/world'

export type Connection = 'connecting' | 'live' | 'reconnecting'

export const world = shallowRef(emptyWorld)
export const connection = shallowRef<Connection>('connecting')
export const seq = computed(() => world.value.seq)

/** Longer than two heartbeats of the server; silence beyond it means that the line is dead without saying so. */
const SILENCE_MS = 45_000
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 20_000

let source: EventSource | null = null
let users = 0
let attempt = 0
let waiting: ReturnType<typeof setTimeout> | undefined
let watchdog: ReturnType<typeof setInterval> | undefined
let heardAt = 0
let queue: WorldEvent[] = []
let scheduled = false
const listeners = new Set<(changes: readonly ChangeEvent[]) => void>()

/** What the server tells beside the log; nothing of it is kept, so ask for the state on every `opened`. */
export type Notices = { opened: unknown; call: unknown; presence: unknown; workers: WorkersMoved }

/** Where workers are that were not there when they were told of last; all of them after `opened`. */
export interface WorkersMoved {
  moved: { id: number; lon: number; lat: number; at: number }[]
  gone: number[]
}
const noticeListeners = new Map<keyof Notices, Set<(data: unknown) => void>>()

/** Hears notices of one name, or that the feed was opened (again); the returned function ends it. */
export function onNotice<N extends keyof Notices>(name: N, listener: (data: Notices[N]) => void): () => void {
  const heard = noticeListeners.get(name) ?? new Set()
  noticeListeners.set(name, heard)
  heard.add(listener as (data: unknown) => void)
  return () => heard.delete(listener as (data: unknown) => void)
}

function tell(name: keyof Notices, data: unknown): void {
  for (const listener of [...(noticeListeners.get(name) ?? [])]) listener(data)
}

/** Keeps the feed open until the returned function is called. */
export function holdFeed(): () => void {
  users += 1
  if (!source && !waiting) open()
  let held = true
  return () => {
    if (!held) return
    held = false
    users -= 1
    // A moment's patience: the next page takes hold of the feed right after this one lets go.
    setTimeout(() => {
      if (users <= 0) closeFeed()
    }, 2000)
  }
}

/** Hears every change as it arrives, in order; the returned function ends it. */
export function onChanges(listener: (changes: readonly ChangeEvent[]) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function closeFeed(): void {
  source?.close()
  source = null
  clearTimeout(waiting)
  clearInterval(watchdog)
  waiting = undefined
  watchdog = undefined
  users = 0
  attempt = 0
  queue = []
  world.value = emptyWorld
  connection.value = 'connecting'
}

function open(): void {
  const { epoch, seq: last, complete } = world.value
  // Not complete means that a snapshot broke off half way; only a new one can mend that.
  const after = complete ? `?after=${encodeURIComponent(`${last}@${epoch}`)}` : ''
  const opened = new EventSource(`/api/v1/events${after}`)
  source = opened
  heardAt = Date.now()
  opened.onerror = () => {
    if (opened !== source) return
    connection.value = 'reconnecting'
    // While CONNECTING the browser comes back by itself with Last-Event-ID; after CLOSED it never does.
    if (opened.readyState === EventSource.CLOSED) reconnect()
  }
  const hear = (name: string, read: (data: unknown) => WorldEvent) =>
    opened.addEventListener(name, (message) => {
      if (opened !== source) return
      heardAt = Date.now()
      attempt = 0
      connection.value = 'live'
      push(read(JSON.parse((message as MessageEvent<string>).data)))
    })
  hear('snapshot', (data) => {
    const it = data as { epoch: string | number; seq: number; tickets: Brief[]; last: boolean }
    return { type: 'snapshot', epoch: String(it.epoch), seq: it.seq, tickets: it.tickets, last: it.last }
  })
  hear('change', (data) => {
    const it = data as { seq: number; kind: string; ticket: Brief }
    return { type: 'change', seq: it.seq, kind: it.kind, ticket: it.ticket, heardAt: Date.now() }
  })
  hear('gone', (data) => {
    const it = data as { seq: number; id: number }
    return { type: 'gone', seq: it.seq, id: it.id }
  })
  opened.onopen = () => tell('opened', undefined)
  for (const name of ['call', 'presence', 'workers'] as const) {
    opened.addEventListener(name, (message) => {
      if (opened !== source) return
      heardAt = Date.now()
      tell(name, JSON.parse((message as MessageEvent<string>).data))
    })
  }
  hear('heartbeat', (data) => ({ type: 'heartbeat', seq: (data as { seq: number }).seq }))
  watchdog ??= setInterval(() => {
    push({ type: 'tick', at: Date.now() })
    if (source && Date.now() - heardAt > SILENCE_MS) reconnect()
  }, 1000)
}

/** Jittered, so that a restarted server is not met by every browser in the same second. */
function reconnect(): void {
  source?.close()
  source = null
  connection.value = 'reconnecting'
  if (waiting) return
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt)
  attempt += 1
  waiting = setTimeout(
    () => {
      waiting = undefined
      open()
    },
    longest / 2 + (Math.random() * longest) / 2,
  )
}

function push(event: WorldEvent): void {
  if (event.type === 'tick' && world.value.leaving.size === 0) return
  queue.push(event)
  if (scheduled) return
  scheduled = true
  // A hidden tab gets no animation frames, but must not let the queue grow.
  if (document.hidden) setTimeout(flush, 100)
  else requestAnimationFrame(flush)
}

function flush(): void {
  scheduled = false
  const events = queue
  queue = []
  if (events.length === 0) return
  world.value = applyAll(world.value, events)
  const changes = events.filter((event): event is ChangeEvent => event.type === 'change')
  if (changes.length > 0) for (const listener of [...listeners]) listener(changes)
}
