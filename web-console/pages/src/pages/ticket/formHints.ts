/** What a form knows already about its ticket: which fields to ask, what to begin with, what lies near. */
import type { ActionField, OfferedAction, Ticket, TicketEvent } from '@/model/types'
import { categoryKey } from '@/model/tree'
import type { Answers } from './answers'
import { draftToMend } from './matters'

/** Codes, numbers and ids: a line is enough, and an area of three would ask for a story. */
const ONE_LINE = ['number', 'article', 'call', 'condition']

export function isOneLine(field: ActionField): boolean {
  return field.type === 'text' && ONE_LINE.includes(field.name)
}

/** Actions that put the three questions to a caller, here or on the platform above. */
export function asksThree(action: string | undefined): boolean {
  return action === 'revisit' || action === 'revisitMerged' || action === 'parentRevisit'
}

/** The emergency numbers belong to one outcome of a refusal, the legal ways to another. */
const ROUTES: Record<string, (id: string) => boolean> = {
  transfer: (id) => /^\d+$/.test(id),
  legalRoute: (id) => !/^\d+$/.test(id),
}

/** The fields that make sense beside what is answered already. */
export function fieldsToAsk(action: OfferedAction | null, answers: Answers): ActionField[] {
  const all = action?.fields ?? []
  // A caller who was not reached can't be asked the three questions.
  if (asksThree(action?.action)) {
    if (answers.reached === 'false') return all.filter((field) => field.name === 'reached' || field.type === 'text')
    return all.map((field) =>
      field.type === 'text' || answers.reached !== 'true' ? field : { ...field, required: true },
    )
  }
  if (action?.action === 'contact') {
    return all.map((field) =>
      field.name === 'note' && answers.contacted === 'false' ? { ...field, required: true } : field,
    )
  }
  if (action?.action !== 'proposeReject') return all
  const fits = ROUTES[answers.outcome ?? '']
  return all.flatMap((field) => {
    if (field.name !== 'route') return [field]
    return fits ? [{ ...field, required: true, options: field.options?.filter((it) => fits(it.id)) }] : []
  })
}

/** What can't be taken back, so that whoever is about to do it knows. */
const FINAL = [
  'answer',
  'cancel',
  'confirmReject',
  'rule',
  'keepConfidential',
  'decideAppeal',
  'returnToParent',
  'parentWithdrew',
]

export const isFinal = (action: string): boolean => FINAL.includes(action)

/** What would be changed: a vocabulary's id, or a category as `KIND:CODE`; empty where nothing is to be changed. */
export function asItIs(action: string, field: ActionField, ticket: Ticket): string {
  if (action !== 'reclassify') return ''
  if (field.name === 'type') return ticket.type
  if (field.name === 'urgency') return ticket.urgency ?? ''
  return field.type === 'category' && ticket.category ? categoryKey(ticket.category) : ''
}

/** What is known already and would only be typed again. */
export function firstAnswers(action: OfferedAction, ticket: Ticket, events: readonly TicketEvent[] = []): Answers {
  const first: Answers = {}
  const draft = draftToMend(events, action.action)
  for (const field of draft ? action.fields : []) {
    const { what, more } = draft?.data ?? {}
    const was = { text: draft?.words, choice: what, unit: more }[field.type as string]
    if (typeof was === 'string' && was) first[field.name] = was
  }
  for (const field of action.fields) {
    if (field.type === 'category' && field.required && ticket.category) first[field.name] = categoryKey(ticket.category)
  }
  return first
}

/** Keys worth a button above the search: the likely first. */
export function likely(action: string, field: ActionField, ticket: Ticket, events: readonly TicketEvent[]): string[] {
  if (field.type === 'category') return [...new Set(ticket.suggestions.slice(0, 3).map(categoryKey))]
  if (field.type !== 'unit') return []
  if (action === 'releaseUnit') return (ticket.life?.parts ?? []).map((part) => part.unit)
  if (!['dispatch', 'rule', 'return'].includes(action)) return []
  const proposed =
    action === 'return' ? undefined : [...events].reverse().find((it) => it.kind === 'TicketReturned')?.data
  const wished = typeof proposed?.proposedUnit === 'string' ? [proposed.proposedUnit] : []
  const units = [...wished, ...ticket.candidates.slice(0, 4).map((it) => it.unit)]
  return [...new Set(units)].filter((unit) => unit && !(action === 'return' && unit === ticket.unit))
}
