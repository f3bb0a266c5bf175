/** What of a ticket's life somebody has to know before acting, apart from what is over. */
import { wish, type Told } from '@/model/facts'
import type { TicketEvent, TicketLife } from '@/model/types'

const ASKED_BY = {
  extension: 'requestExtension',
  suspension: 'requestSuspension',
  rejection: 'proposeReject',
} as const

export function matters(life: TicketLife) {
  const asked = life.request
  const request = asked && {
    action: ASKED_BY[asked.kind],
    step: asked.kind === 'extension' && asked.step === 'asked' ? ('inUnit' as const) : asked.step,
    told: [...wish(ASKED_BY[asked.kind], asked.what, asked.more), ...until(asked.until)],
  }
  const draft = life.draft && { ...life.draft, told: wish(life.draft.action, life.draft.what, life.draft.more) }
  const appeal = life.appeal === 'none' ? null : life.appeal
  const undrawn = life.check === 'nobody'
  const others = [
    ...(life.master === null ? [] : [{ id: life.master, as: 'mergedInto' as const }]),
    ...(life.origin === null ? [] : [{ id: life.origin, as: 'splitOff' as const }]),
    ...life.split.map((id) => ({ id, as: 'splitPart' as const })),
  ]
  const any =
    !!request || !!draft || life.parts.length > 0 || !!life.resumeOn || !!appeal || undrawn || others.length > 0
  return { any, request, draft, parts: life.parts, resumeOn: life.resumeOn, appeal, undrawn, others }
}

const TOLD_BY = {
  draft: ['DraftMade'],
  request: ['ExtensionAsked', 'SuspensionAsked', 'RejectionProposed'],
} as const

/** What was written with the newest draft or request, so that whoever decides needn't look for it in the history. */
export function wordsOf(events: readonly TicketEvent[], what: keyof typeof TOLD_BY): string {
  const kinds: readonly string[] = TOLD_BY[what]
  return [...events].reverse().find((event) => kinds.includes(event.kind))?.words ?? ''
}

/** Steps that hand the ticket back to whoever works on it, with a word on why. */
const BACK = [
  'DraftSentBack',
  'TicketReworked',
  'ReturnDenied',
  'ExtensionRefused',
  'SuspensionRefused',
  'TicketReopened',
]
/** Steps by which that word is answered, or no longer theirs to answer. */
const ONWARD = ['DraftMade', 'FeedbackGiven', 'TicketReturned', 'ExtensionAsked', 'SuspensionAsked', 'TicketDispatched']

/** The step that handed it back, as long as nothing has answered it. */
export function sentBack(events: readonly TicketEvent[]): TicketEvent | null {
  const last = [...events].reverse().find(({ kind }) => BACK.includes(kind) || ONWARD.includes(kind))
  return last && last.words && BACK.includes(last.kind) ? last : null
}

/** The draft of an action that a signer sent back, to be mended instead of written anew. */
export function draftToMend(events: readonly TicketEvent[], action: string): TicketEvent | null {
  const back = sentBack(events)
  if (back?.kind !== 'DraftSentBack' || back.data?.action !== action) return null
  return [...events].reverse().find(({ kind }) => kind === 'DraftMade') ?? null
}

function until(day: string | null): Told[] {
  return day ? [{ as: 'field', action: 'requestSuspension', field: 'resumeOn', value: day }] : []
}
