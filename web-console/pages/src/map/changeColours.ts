import type { ChangeKind, Severity } from '@/model/boundaries'

/** Never colour alone: a kind of change also has its hatching and its sign, a finding its shape. */
export const kindColours: Record<ChangeKind, string> = {
  added: '#1f8f4f',
  removed: '#cc2f26',
  moved: '#1f6fd6',
  renamed: '#7a4bb5',
}

export const kindSigns: Record<ChangeKind, string> = { added: '＋', removed: '－', moved: '↔', renamed: '✎' }

export const severityColours: Record<Severity, string> = { fatal: '#cc2f26', repaired: '#d98a00', noted: '#1f6fd6' }

export const OLD_LINE = '#b3541e'
