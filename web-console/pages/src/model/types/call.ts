/** A telephone call at somebody’s desk. */
import type { Place } from './city'
import type { Position } from './common'
import type { Brief } from './ticket'

export type CallState = 'ringing' | 'missed' | 'talking' | 'held' | 'transferred' | 'ended'

/** One's own part in a call; nothing of the caller. */
export interface CallBrief {
  id: number
  state: CallState
  since: string
  rangAt: string | null
  answeredAt: string | null
  endedAt: string | null
}

export interface CallView extends CallBrief {
  called: string
  /** `phone` is empty for who may not see it now. */
  caller: { kind: 'number' | 'other' | 'withheld'; phone: string; masked: string; name: string }
  callsToday: number
  flags: ('confidential' | 'repeat' | 'overdue')[]
  lastPlace: { ticket: number; address: string; position: Position | null; place: Place } | null
  history: Brief[]
  tickets: number[]
}
