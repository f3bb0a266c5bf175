import { ref, watchEffect } from 'vue'
import type { Names } from '@/model/types'
import { en } from './en'
import { zh, type MessageKey } from './zh'

export type Language = 'zh' | 'en'
export type { MessageKey }

const STORED = 'gridline.language'
const messages: Record<Language, Record<MessageKey, string>> = { zh, en }

function storedLanguage(): Language | null {
  try {
    const stored = localStorage.getItem(STORED)
    return stored === 'en' || stored === 'zh' ? stored : null
  } catch {
    return null
  }
}

let chosen = storedLanguage()

export const language = ref<Language>(chosen ?? 'zh')

/** Begins in the city's own language, unless somebody has chosen one in this browser. */
export function beginIn(languages: readonly string[]): void {
  if (chosen === null) language.value = /^en\b/i.test(languages[0] ?? '') ? 'en' : 'zh'
}

watchEffect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
})

export function setLanguage(next: Language): void {
  chosen = next
  language.value = next
  try {
    localStorage.setItem(STORED, next)
  } catch {
    // A browser that forbids storage still switches for this tab.
  }
}

/** The text of a key in the chosen language, `{name}` places filled in. */
export function t(key: MessageKey, values: Record<string, string | number> = {}): string {
  return messages[language.value][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  )
}

/** A text that the server sends in both languages; Chinese when the other is missing. */
export function pick(names: Names | undefined | null): string {
  if (!names) return ''
  return names[language.value] || names.zh || names.en
}

/** As words stand at the beginning of a line or on a button; terms are written small, as inside a sentence. */
export function capital(text: string): string {
  return /^[a-z][a-z]*(?![\w@./])/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
}

/** The half of a text `中文 · English` that the reader wants; a text that is not made of two such halves stays whole. */
export function half(text: string): string {
  const [zh, en, more] = text.split(' · ')
  if (!zh || !en || more !== undefined || !/\p{Script=Han}/u.test(zh) || /\p{Script=Han}/u.test(en)) return text
  // Figures or a list that stand on one side only belong to both.
  if (/[\d[\]]/.test(en) && !/[\d[\]]/.test(zh)) return text
  return language.value === 'en' ? capital(en) : zh
}

/** The same for shapes that carry `name` and `nameEn`. */
export function named(thing: { name: string; nameEn?: string | null } | null | undefined): string {
  if (!thing) return ''
  return (language.value === 'en' && thing.nameEn) || thing.name
}
