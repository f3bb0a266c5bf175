/** What a step of a history decided, beside its state and its words: codes, each with the field that asked for it. */
import type { OfferedAction } from './types'

/** A member of an event's data: what kind of code it holds. */
export type Told =
  | { as: 'field'; action: string; field: string; value: string }
  | { as: 'unit' | 'part' | 'action' | 'clock' | 'moment' | 'flag' | 'category'; value: string }
  | { as: 'signatures' | 'level'; value: string }

type Data = Readonly<Record<string, unknown>>

const field = (action: string, name: string, value: unknown): Told => ({
  as: 'field',
  action,
  field: name,
  value: String(value ?? ''),
})
const plain = (as: Exclude<Told['as'], 'field'>, value: unknown): Told => ({ as, value: String(value ?? '') })

/** Drafter and signers; one alone has drafted and sent it, which is no news. */
function signatures(data: Data): Told[] {
  const hands = Array.isArray(data.signedBy) ? data.signedBy.length : 0
  return hands > 1 ? [plain('signatures', hands - 1)] : []
}

function asked(data: Data): Told[] {
  return [
    field('revisit', 'reached', data.answer === 'reached'),
    field('revisit', 'contacted', data.contacted === '' ? '' : data.contacted === 'yes'),
    field('revisit', 'solved', data.outcome === '' ? '' : data.outcome === 'solved'),
    field('revisit', 'satisfaction', data.satisfaction),
  ]
}

/** The field of an action whose answer its draft, its request and its fact carry as `what`. */
const WHAT: Record<string, string> = {
  feedback: 'result',
  return: 'ground',
  requestExtension: 'share',
  requestSuspension: 'ground',
  proposeReject: 'outcome',
}
const MORE: Record<string, string> = { return: 'proposedUnit', proposeReject: 'route' }

/** What a draft or a request says, by the action that it is about. */
export function wish(action: string, what: unknown, more: unknown): Told[] {
  return [
    ...(WHAT[action] ? [field(action, WHAT[action], what)] : []),
    ...(MORE[action] ? [field(action, MORE[action], more)] : []),
  ].filter((it) => it.value)
}

const READ: Record<string, (data: Data) => Told[]> = {
  TicketAccepted: (it) => [plain('category', `${it.categoryKind}:${it.categoryCode}`)],
  TicketSelfHandled: (it) => [plain('category', `${it.categoryKind}:${it.categoryCode}`)],
  MatterChanged: (it) => [
    field('reclassify', 'type', it.type),
    field('reclassify', 'urgency', it.urgency),
    plain('category', it.categoryCode ? `${it.categoryKind}:${it.categoryCode}` : ''),
  ],
  TicketDispatched: (it) => [field('dispatch', 'exception', it.exception)],
  DisputeRuled: (it) => [field('rule', 'exception', it.exception)],
  TicketReturned: (it) => [...wish('return', it.ground, it.proposedUnit), ...signatures(it)],
  FeedbackGiven: (it) => [...wish('feedback', it.result, ''), ...signatures(it)],
  DraftMade: (it) => [plain('action', it.action), ...wish(String(it.action), it.what, it.more)],
  DraftSigned: (it) => [plain('action', it.action)],
  DraftSentBack: (it) => [plain('action', it.action)],
  RejectionProposed: (it) => wish('proposeReject', it.outcome, it.route),
  TicketRejected: (it) => wish('proposeReject', it.outcome, it.route),
  VerificationDone: (it) => [field('verifyDone', 'result', it.result)],
  UnitAsked: (it) => [plain('unit', it.unit), plain('part', it.part), field('whistle', 'why', it.why)],
  UnitReleased: (it) => [plain('unit', it.unit)],
  PartSigned: (it) => [plain('unit', it.unit)],
  PartReported: (it) => [plain('unit', it.unit), field('coReport', 'result', it.result)],
  CallerContacted: (it) => [field('contact', 'contacted', it.outcome === 'contacted')],
  ExtensionAsked: (it) => [...wish('requestExtension', it.share, ''), ...signatures(it)],
  ExtensionGranted: (it) => wish('requestExtension', it.share, ''),
  ExtensionReviewed: (it) => [field('reviewExtension', 'verdict', it.verdict)],
  SuspensionAsked: (it) => [
    ...wish('requestSuspension', it.reason, ''),
    field('requestSuspension', 'resumeOn', it.resumeOn),
  ],
  SuspensionGranted: (it) => [
    ...wish('requestSuspension', it.reason, ''),
    field('requestSuspension', 'resumeOn', it.resumeOn),
  ],
  CallerRevisited: asked,
  MergedCallerAsked: asked,
  ParentRevisited: asked,
  TicketClosed: (it) => [field('close', 'condition', it.condition)],
  TicketReopened: (it) => [field('reopen', 'ground', it.ground)],
  TicketCancelled: (it) => [field('cancel', 'ground', it.reason)],
  TicketSupervised: (it) => [field('supervise', 'level', it.level)],
  TicketMarked: (it) => [plain('flag', it.mark), field('markRepeat', 'marked', it.change === 'set')],
  AppealReviewed: (it) => [field('reviewAppeal', 'verdict', it.verdict)],
  AppealDecided: (it) => [field('decideAppeal', 'verdict', it.verdict)],
  ParentLinked: (it) => [
    field('linkParent', 'number', it.number),
    plain('moment', it.dueAt),
    field('linkParent', 'replyForm', it.replyForm),
  ],
  ParentReturned: (it) => [field('returnToParent', 'ground', it.ground)],
  ClockWarned: (it) => [plain('clock', it.clock)],
  ClockOverdue: (it) => [plain('clock', it.clock)],
  ClockEscalated: (it) => [plain('clock', it.clock), plain('level', it.level)],
}

/** In the order in which they were asked; what was not answered, or is kept back, is left out. */
export function toldBy(kind: string, data: Data | null | undefined): Told[] {
  if (!data || Object.keys(data).length === 0) return []
  return (READ[kind]?.(data) ?? []).filter((it) => it.value !== '')
}

/** A field of any action's form, whoever may fill it in. */
export function fieldOf(forms: readonly OfferedAction[] | undefined, action: string, name: string) {
  return forms?.find((it) => it.action === action)?.fields.find((it) => it.name === name)
}
