/** What a person types into the fields of an action, and what of it is sent. */
import { momentOf } from '@/model/cityTime'
import type { ActionField, CategoryKey, OfferedAction } from '@/model/types'

/** By field name; always text: a choice's id, `true`/`false`, a unit's code, `KIND:CODE`. */
export type Answers = Record<string, string>

export function unanswered(fields: readonly ActionField[], answers: Answers): ActionField[] {
  return fields.filter((field) => field.required && !answers[field.name]?.trim())
}

/** Times of day are the city's, whatever the browser's own zone. */
export function toFields(
  fields: readonly ActionField[],
  answers: Answers,
  zone = 'Asia/Shanghai',
): Record<string, unknown> {
  const sent: Record<string, unknown> = {}
  for (const field of fields) {
    const answer = answers[field.name]?.trim()
    if (answer) sent[field.name] = valueOf(field, answer, zone)
  }
  return sent
}

function valueOf(field: ActionField, answer: string, zone: string): string | boolean | CategoryKey {
  switch (field.type) {
    case 'boolean':
      return answer === 'true'
    case 'category': {
      const [kind = '', code = ''] = answer.split(':')
      return { kind, code }
    }
    case 'time': {
      const [day = '', time = ''] = answer.split('T')
      return momentOf(day, time.slice(0, 5), zone)
    }
    case 'text':
    case 'choice':
    case 'unit':
    case 'date':
    case 'ticket':
      return answer
  }
}

/** Free text that would be lost when its action is no longer offered. */
export function orphanedText(offered: readonly OfferedAction[], typed: Record<string, Answers>): string {
  const still = new Set(offered.map((action) => action.action))
  return Object.entries(typed)
    .filter(([action]) => !still.has(action))
    .flatMap(([, answers]) => Object.values(answers))
    .filter((text) => text.trim().length > 6)
    .join('\n')
}
