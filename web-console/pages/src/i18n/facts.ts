/** Codes of a step or a request in the words of the form that asked for them. */
import { categories, city, unitByCode, vocabulary } from '@/client/reference'
import { clockOf } from '@/model/cityTime'
import { fieldOf, type Told } from '@/model/facts'
import { capital, named, pick, t } from '.'
import { term, unitName } from './say'

export interface Line {
  label: string
  text: string
}

export function inWords(told: Told): Line {
  const { value } = told
  switch (told.as) {
    case 'field': {
      const field = fieldOf(vocabulary.value?.forms, told.action, told.field)
      const label = field ? capital(pick(field.label)) : told.field
      if (field?.type === 'boolean') return { label, text: t(value === 'true' ? 'yes' : 'no') }
      if (field?.type === 'unit') return { label, text: unitName(value) }
      const option = field?.options?.find((it) => it.id === value)
      return { label, text: option ? pick(option.name) : value }
    }
    case 'unit':
      return { label: t('factUnit'), text: unitName(value) }
    case 'category': {
      const found = categories.value.find((it) => `${it.kind}:${it.code}` === value)
      return { label: t('category'), text: found ? named(found) : value }
    }
    case 'part':
      return { label: t('factPart'), text: partText(value) }
    case 'action':
      return { label: t('factAbout'), text: term('actions', value) }
    case 'clock':
      return { label: t('deadlines'), text: term('clocks', value) }
    case 'moment':
      return { label: t('due'), text: inCity(value) }
    case 'flag':
      return { label: t('factFlag'), text: term('flags', value) }
    case 'level':
      return { label: t('factLevel'), text: t('noticeLevel', { n: value }) }
    case 'signatures':
      return { label: t('factSigned'), text: t('factSignatures', { n: value }) }
  }
}

/** Events keep moments in UTC; people go by the city's clocks. */
function inCity(moment: string): string {
  const { day, time } = clockOf(moment, city.value?.timeZone ?? 'Asia/Shanghai')
  return `${day} ${time}`
}

export function partText(kind: string): string {
  switch (kind) {
    case 'assigned':
      return t('part_assigned')
    case 'whistled':
      return t('part_whistled')
    default:
      return t('part_co')
  }
}

/** Who signs next, by `role@unit` or `role@above`. */
export function signerText(signer: string): string {
  const [role = '', where = ''] = signer.split('@')
  const unit = unitByCode.value.has(where) ? unitName(where) : ''
  return [unit, term('roles', role)].filter(Boolean).join(' ')
}

/** A rule that acted by itself; one of a city's own is called by its id. */
export function ruleText(rule: string): string {
  if (rule === 'auto-router') return t('rule_router')
  return rule === 'deadline-sweep' ? t('rule_clock') : rule
}
