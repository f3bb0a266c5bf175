/** What was typed into a ticket's forms and not yet sent, kept for this tab, so that it outlives a session or a detour. */
import type { SentFile } from '@/model/types'
import type { Answers } from './answers'

export interface KeptForm {
  ticket: number
  /** The action whose form was open; empty when none was. */
  chosen: string
  typed: Record<string, Answers>
  enclosed: Record<string, SentFile[]>
  excuses: Record<string, string>
}

/** Somebody who types into many tickets gets back the newest of them. */
const MOST = 10

/** The form of that ticket when it is this person's and whole; nobody else at the same desk finds it. */
export function readForm(text: string | null, user: string, ticket: number): KeptForm | null {
  return formsOf(text, user).find((form) => form.ticket === ticket) ?? null
}

/** The text to keep instead; null when nothing is left to keep. */
export function keepForm(text: string | null, user: string, form: KeptForm): string | null {
  const others = formsOf(text, user).filter((it) => it.ticket !== form.ticket)
  const forms = [...(isTouched(form) ? [form] : []), ...others].slice(0, MOST)
  return forms.length > 0 ? JSON.stringify({ user, forms }) : null
}

export function isTouched(form: KeptForm): boolean {
  const words = [...Object.values(form.typed).flatMap((it) => Object.values(it)), ...Object.values(form.excuses)]
  return words.some((text) => text.trim()) || Object.values(form.enclosed).some((files) => files.length > 0)
}

function formsOf(text: string | null, user: string): KeptForm[] {
  if (!text) return []
  try {
    const kept = JSON.parse(text) as { user?: unknown; forms?: unknown }
    if (kept.user !== user || !Array.isArray(kept.forms)) return []
    return (kept.forms as Partial<KeptForm>[]).filter(isWhole)
  } catch {
    return []
  }
}

function isWhole(form: Partial<KeptForm> | null): form is KeptForm {
  const members = [form?.typed, form?.enclosed, form?.excuses]
  return Number.isInteger(form?.ticket) && typeof form?.chosen === 'string' && members.every((it) => isMap(it))
}

const isMap = (it: unknown): boolean => typeof it === 'object' && it !== null && !Array.isArray(it)
