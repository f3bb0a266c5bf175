/** The operator's form as it is being typed, and the report that it becomes. */
import type { Category, CategoryKey, Position, Report, SentFile } from '@/model/types'

export interface Draft {
  /** Whose draft it is; another person at the same desk must not find it. */
  user: string
  key: string
  channel: string
  type: string
  urgency: string
  words: string
  phone: string
  callerName: string
  confidential: boolean
  address: string
  position: Position | null
  category: CategoryKey | null
  /** Code of the component that it is about. */
  component: string | null
  /** Files that arrived already. */
  attachments: SentFile[]
  /** The telephone call that it came in by. */
  call: number | null
  /** The bytes that were sent and whose fate is not known; a retry sends exactly these. */
  sent: string | null
}

export function emptyDraft(user: string, key: string, defaults: Pick<Draft, 'channel' | 'type' | 'urgency'>): Draft {
  return {
    ...defaults,
    user,
    key,
    words: '',
    phone: '',
    callerName: '',
    confidential: false,
    address: '',
    position: null,
    category: null,
    component: null,
    attachments: [],
    call: null,
    sent: null,
  }
}

/** The kept draft when it is this person's and whole; otherwise null. */
export function readDraft(text: string | null, user: string): Draft | null {
  if (!text) return null
  try {
    const draft = JSON.parse(text) as Partial<Draft>
    const whole = typeof draft.key === 'string' && typeof draft.words === 'string' && draft.user === user
    if (!whole) return null
    const empty = emptyDraft(user, draft.key ?? '', { channel: '', type: '', urgency: '' })
    return { ...empty, ...draft }
  } catch {
    return null
  }
}

export function isTouched(draft: Draft): boolean {
  const { words, phone, callerName, address, position, component, attachments } = draft
  return !!(words || phone || callerName || address || position || component || attachments.length)
}

export type MissingField = 'words' | 'place' | 'type' | 'channel'

export function missing(draft: Draft): MissingField[] {
  const found: MissingField[] = []
  if (!draft.channel) found.push('channel')
  if (!draft.type) found.push('type')
  if (!draft.words.trim()) found.push('words')
  if (!draft.position && !draft.address.trim() && !draft.component) found.push('place')
  return found
}

/** Leaves out what is empty, for the server tells "absent" from "blank". */
export function toReport(draft: Draft): Report {
  const report: Report = { channel: draft.channel, type: draft.type, words: draft.words.trim() }
  if (draft.urgency) report.urgency = draft.urgency
  const caller: NonNullable<Report['caller']> = {}
  if (draft.phone.trim()) caller.phone = draft.phone.trim()
  if (draft.callerName.trim()) caller.name = draft.callerName.trim()
  if (draft.confidential) caller.confidential = true
  if (Object.keys(caller).length > 0) report.caller = caller
  if (draft.address.trim()) report.address = draft.address.trim()
  if (draft.position) report.position = draft.position
  if (draft.category) report.category = { kind: draft.category.kind, code: draft.category.code }
  if (draft.component) report.component = draft.component
  if (draft.attachments.length > 0) report.attachments = draft.attachments.map((it) => it.id)
  if (draft.call !== null && draft.channel === 'phone') report.call = draft.call
  return report
}

export function findCategory(categories: readonly Category[], key: string | null): CategoryKey | null {
  if (!key) return null
  const [kind = '', code = ''] = key.split(':')
  return categories.some((it) => it.kind === kind && it.code === code) ? { kind, code } : null
}
