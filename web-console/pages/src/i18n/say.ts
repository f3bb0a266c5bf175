/** Words about domain things in the chosen language: terms of the vocabulary, places, times, failures. */
import { ApiProblem } from '@/client/api'
import { city, unitByCode, vocabulary } from '@/client/reference'
import { remaining } from '@/model/lamp'
import { partsOf, telling, type PlacePart } from '@/model/place'
import type { Brief, Place, Vocabulary } from '@/model/types'
import { half, language, named, pick, t } from '.'

export function term(list: Exclude<keyof Vocabulary, 'forms'>, id: string | null | undefined): string {
  if (!id) return ''
  const found = vocabulary.value?.[list].find((entry) => entry.id === id)
  return found ? pick(found.name) : id
}

export function stageOf(state: string): string {
  return vocabulary.value?.states.find((entry) => entry.id === state)?.stage ?? ''
}

/** Things one after another, as the language lists them. */
export function listed(things: readonly string[]): string {
  return things.join(language.value === 'en' ? ', ' : '、')
}

export function unitName(code: string | null | undefined): string {
  if (!code) return ''
  const unit = unitByCode.value.get(code)
  return unit ? named(unit) : code
}

export function ownerName(ticket: Brief): string {
  if (!ticket.unit) return ''
  return (language.value === 'en' && ticket.unitNameEn) || ticket.unitName || unitName(ticket.unit)
}

/** Street, community and grid, or whatever layers the city has, coarse to fine. */
export function placeName(place: Place | null | undefined): string {
  return told(place, false)
}

/** The same where there is little room. */
export function shortPlace(place: Place | null | undefined): string {
  return told(place, true)
}

function told(place: Place | null | undefined, short: boolean): string {
  return telling(partsOf(place, city.value?.layers ?? []), short)
    .map(partName)
    .join(' · ')
}

/** A bare code says nothing without its layer. */
function partName({ layer, code, name }: PlacePart): string {
  return name === code ? `${pick(layer.name)} ${code}` : name
}

/** "3 h 20 min left" or "3 h 20 min over". */
export function timeLeft(dueAt: string, now: number): string {
  return t(remaining(dueAt, now).over ? 'over' : 'left', { time: timeSpan(dueAt, now) })
}

/** The bare length of time between now and `dueAt`, in its two largest parts. */
export function timeSpan(dueAt: string, now: number): string {
  const span = remaining(dueAt, now)
  const gap = language.value === 'en' ? ' ' : ''
  const parts: string[] = []
  const add = (value: number, unit: 'unit_d' | 'unit_h' | 'unit_m' | 'unit_s') => parts.push(`${value}${gap}${t(unit)}`)
  if (span.days > 0) add(span.days, 'unit_d')
  if (span.hours > 0 && span.days < 10) add(span.hours, 'unit_h')
  if (span.days === 0 && span.minutes > 0) add(span.minutes, 'unit_m')
  if (span.days === 0 && span.hours === 0 && span.minutes < 5) add(span.seconds, 'unit_s')
  return parts.slice(0, 2).join(gap)
}

/** Some seconds in words, in the two largest parts. */
export function lengthOf(seconds: number): string {
  return timeSpan(new Date(seconds * 1000).toISOString(), 0)
}

const two = (value: number): string => String(value).padStart(2, '0')

/**
 * Date and time of day. The server writes times with the city's offset, and that is the clock people go by, whatever
 * the browser's own zone; only a bare number (this machine's time) is shown in the browser's zone.
 */
function dayAndTime(moment: string | number): [day: string, time: string] {
  const written = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(String(moment))
  if (written?.[1] && written[2]) return [written[1], written[2]]
  const at = new Date(moment)
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return [day, `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`]
}

/** Month, day and minute; the year only when it is another one. */
export function shortTime(moment: string | number): string {
  const [day, time] = dayAndTime(moment)
  const year = String(new Date().getFullYear())
  return `${day.startsWith(year) ? day.slice(5) : day} ${time.slice(0, 5)}`
}

export function fullTime(moment: string | number): string {
  return dayAndTime(moment).join(' ')
}

export function clockTime(moment: string | number): string {
  return dayAndTime(moment)[1]
}

const weekdays: Record<string, Intl.DateTimeFormat> = {}

/** 周一 or Mon, of a day such as 2026-03-09. */
export function dayName(day: string): string {
  const locale = language.value === 'zh' ? 'zh-CN' : 'en-GB'
  weekdays[locale] ??= new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  return weekdays[locale].format(new Date(`${day}T00:00:00Z`))
}

/** What went wrong and what to do, for people. */
export function failureText(failure: unknown): string {
  if (failure instanceof ApiProblem) {
    const title = half(failure.problem.title)
    const detail = half(failure.problem.detail ?? '')
    if (!detail || detail === title) return title
    return language.value === 'zh' ? `${title}：${detail}` : `${title} — ${detail}`
  }
  return t('noAnswer')
}
