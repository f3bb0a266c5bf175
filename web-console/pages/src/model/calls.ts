/** The calls at this desk, as the server's notices and answers tell them. Pure. */
import type { CallBrief, CallView } from './types'

export interface DeskCall extends CallBrief {
  /** What is known of the caller; null until the server has told. */
  view: CallView | null
}

/** More than an agent's phone has lines. */
const MOST_CALLS = 6

const LIVE: readonly string[] = ['ringing', 'talking', 'held']

export const isLive = (call: CallBrief): boolean => LIVE.includes(call.state)

/** A notice changes one call; an ended call stays ended, and one that nobody knew and that is over is no news. */
export function hear(calls: readonly DeskCall[], brief: CallBrief): DeskCall[] {
  const before = calls.find((call) => call.id === brief.id)
  if (!before) {
    if (!isLive(brief)) return [...calls]
    return cut([...calls, { ...brief, view: null }])
  }
  if (before.state === 'ended') return [...calls]
  // A list that was written before a notice may arrive after it.
  if (brief.state !== 'ended' && Date.parse(brief.since) < Date.parse(before.since)) return [...calls]
  return calls.map((call) => (call.id === brief.id ? { ...call, ...brief } : call))
}

/**
 * The server's whole list: what it no longer names is over. Only of calls that lived here when it was asked for
 * (`asked`), since one that rang meanwhile can't stand in it.
 */
export function reconcile(
  calls: readonly DeskCall[],
  current: readonly CallBrief[],
  asked: ReadonlySet<number>,
): DeskCall[] {
  const named = new Set(current.map((call) => call.id))
  const over = calls.map((call): DeskCall =>
    isLive(call) && asked.has(call.id) && !named.has(call.id) ? { ...call, state: 'ended' } : call,
  )
  return current.reduce((all, brief) => hear(all, brief), over)
}

export function know(calls: readonly DeskCall[], view: CallView): DeskCall[] {
  return calls.map((call) => (call.id === view.id ? { ...call, view } : call))
}

export function drop(calls: readonly DeskCall[], id: number): DeskCall[] {
  return calls.filter((call) => call.id !== id)
}

/** The oldest of those that are over give way first. */
function cut(calls: DeskCall[]): DeskCall[] {
  while (calls.length > MOST_CALLS) {
    const over = calls.findIndex((call) => !isLive(call))
    calls.splice(Math.max(over, 0), 1)
  }
  return calls
}

/** Which call the desk shows: the chosen one while it is there, else who is talked with, else who rings. */
export function shown(calls: readonly DeskCall[], chosen: number | null): DeskCall | null {
  return (
    calls.find((call) => call.id === chosen) ??
    calls.find((call) => call.state === 'talking') ??
    calls.find((call) => call.state === 'ringing') ??
    calls.find((call) => call.state === 'held') ??
    calls[calls.length - 1] ??
    null
  )
}

/** Whole seconds since the call was answered, or has been ringing; until its end. */
export function seconds(call: CallBrief, now: number): number {
  const from = Date.parse(call.answeredAt ?? call.rangAt ?? call.since)
  const to = isLive(call) ? now : Date.parse(call.since)
  return Math.max(0, Math.floor((to - from) / 1000))
}

export function clock(total: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const minutes = two(Math.floor(total / 60) % 60)
  const hours = Math.floor(total / 3600)
  return `${hours > 0 ? `${hours}:` : ''}${minutes}:${two(total % 60)}`
}

/** A number as people read it out: Chinese mobiles in three groups, others as they stand. */
export function readable(phone: string): string {
  const mobile = /^\+86(1\d\d)(\d{4})(\d{4})$/.exec(phone)
  return mobile ? mobile.slice(1).join(' ') : phone
}
