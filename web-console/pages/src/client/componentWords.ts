/** Classes and states of components, fetched once a tab by the pages that speak of them. */
import { shallowRef } from 'vue'
import type { CategoryKey, ComponentClass, ComponentVocabulary } from '@/model/types'
import { api } from './api'

export const componentWords = shallowRef<ComponentVocabulary | null>(null)
let loading: Promise<void> | null = null

export function loadComponentWords(): Promise<void> {
  loading ??= api
    .componentWords()
    .then((words) => {
      componentWords.value = words
    })
    .catch(() => {
      loading = null
    })
  return loading
}

/** The classes that a report of this category speaks of. */
export function classesOf(category: CategoryKey | null): ComponentClass[] {
  if (!category) return []
  const key = `${category.kind}:${category.code}`
  return (componentWords.value?.classes ?? []).filter((it) => it.reports.includes(key))
}
