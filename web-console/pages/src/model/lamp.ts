import type { LampColour } from './types'

interface Timed {
  lamp: LampColour | null
  warnAt: string | null
  dueAt: string | null
}

/** Thousands of lamps are looked at each second; a ticket's texts are parsed once. */
const parsed = new WeakMap<Timed, { warn: number; due: number }>()

function moments(ticket: Timed): { warn: number; due: number } {
  let found = parsed.get(ticket)
  if (!found) {
    const due = ticket.dueAt ? Date.parse(ticket.dueAt) : Infinity
    found = { warn: ticket.warnAt ? Date.parse(ticket.warnAt) : due, due }
    parsed.set(ticket, found)
  }
  return found
}

/** The lamp at a moment (milliseconds); null when no clock runs. */
export function lampAt(ticket: Timed, now: number): LampColour | null {
  if (!ticket.lamp || !ticket.dueAt) return ticket.lamp
  const { warn, due } = moments(ticket)
  if (now > due) return 'red'
  return now > warn ? 'yellow' : 'green'
}

export interface Span {
  days: number
  hours: number
  minutes: number
  seconds: number
  over: boolean
}

/** Time left until `dueAt`, or time over. */
export function remaining(dueAt: string, now: number): Span {
  const left = Date.parse(dueAt) - now
  const total = Math.floor(Math.abs(left) / 1000)
  return {
    days: Math.floor(total / 86400),
    hours: Math.floor((total % 86400) / 3600),
    minutes: Math.floor((total % 3600) / 60),
    seconds: total % 60,
    over: left < 0,
  }
}

export const LAMP_RANK: Record<LampColour, number> = { red: 0, yellow: 1, green: 2 }
