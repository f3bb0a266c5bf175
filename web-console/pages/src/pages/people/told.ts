/** What a line of the people log says that changed, in words instead of member names. */
import type { PeopleLogLine, RoleInfo } from '@/client/people'
import { city } from '@/client/reference'
import { pick, t, type MessageKey } from '@/i18n'
import { listed, unitName } from '@/i18n/say'
import { zh } from '@/i18n/zh'
import { clockOf } from '@/model/cityTime'

/** In which order things are told; what is not named here comes after. */
const order = ['change', 'name', 'nameEn', 'user', 'for', 'unit', 'role', 'roles', 'area', 'areas', 'from', 'until']
const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)

const has = (key: string): key is MessageKey => key in zh

export function told(line: PeopleLogLine, roles: readonly RoleInfo[]): string {
  const names = [...new Set([...Object.keys(line.before), ...Object.keys(line.after)])]
    .filter((it) => (line.before[it] ?? '') !== (line.after[it] ?? ''))
    .sort((one, other) => rank(one) - rank(other))
  return names
    .map((name) => {
      const label = `ppMember_${name}`
      const before = line.before[name]
      const after = line.after[name]
      const value = (it: string | undefined): string => said(name, String(it ?? ''), roles) || '—'
      const change =
        before === undefined || after === undefined ? value(after ?? before) : `${value(before)} → ${value(after)}`
      return `${has(label) ? t(label) : name} ${change}`
    })
    .join('；')
}

function said(name: string, value: string, roles: readonly RoleInfo[]): string {
  if (!value) return ''
  switch (name) {
    case 'unit':
      return unitName(value)
    case 'role':
    case 'roles':
      return listed(value.split(' ').map((id) => pick(roles.find((it) => it.id === id)?.name) || id))
    case 'areas':
      return listed(value.split(' '))
    case 'from':
    case 'until': {
      const at = clockOf(value, city.value?.timeZone ?? 'UTC')
      return `${at.day} ${at.time}`
    }
    case 'state':
      return word(`ppState_${value.toLowerCase()}`, value)
    case 'change':
      return word(`ppDo_${value}`, value)
    case 'secondFactor':
      return word(`ppSecond_${value.toLowerCase()}`, value)
    default:
      return value
  }
}

const word = (key: string, otherwise: string): string => (has(key) ? t(key) : otherwise)
