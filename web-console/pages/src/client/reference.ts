/** Things that hardly ever change, fetched once: the city, its words, categories and units. */
import { computed, shallowRef } from 'vue'
import { beginIn } from '@/i18n'
import type { Category, City, Unit, Vocabulary } from '@/model/types'
import { api } from './api'

export const city = shallowRef<City | null>(null)
export const vocabulary = shallowRef<Vocabulary | null>(null)
export const categories = shallowRef<Category[]>([])
export const units = shallowRef<Unit[]>([])
export const unitByCode = computed(() => new Map(units.value.map((unit) => [unit.code, unit])))

let loading: Promise<void> | null = null

export async function loadCity(): Promise<void> {
  if (city.value) return
  city.value = await api.city()
  beginIn(city.value.languages)
}

export function loadReference(): Promise<void> {
  loading ??= Promise.all([api.vocabulary(), api.categories(), api.units()])
    .then(([words, tree, all]) => {
      vocabulary.value = words
      categories.value = tree
      units.value = all
    })
    .catch((failure: unknown) => {
      loading = null
      throw failure
    })
  return loading
}

/** The boundaries changed: layers and outlines are asked for anew by whoever shows them next. */
export async function forgetBoundaries(): Promise<void> {
  city.value = await api.city()
}
