import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { api } from '@/client/api'
import type { Advice, Located } from '@/model/types'
import type { Draft } from './draft'

const ADVICE_PAUSE_MS = 350
const LOCATE_PAUSE_MS = 60

/** What the server thinks of the form while it is typed: category, owner, place. An answer to an older form is dropped. */
export function useAdvice(draft: Draft) {
  const advice = shallowRef<Advice | null>(null)
  const located = shallowRef<Located | null>(null)
  const locating = ref(false)
  const advise = latest(ADVICE_PAUSE_MS)
  const locate = latest(LOCATE_PAUSE_MS)

  watch(
    () => [draft.words.trim(), draft.category, draft.position, draft.component, draft.sent] as const,
    ([words, category, position, component, sent]) => {
      if (sent) return
      if (!words) {
        advise.stop()
        advice.value = null
        return
      }
      advise.run(async (signal) => {
        const answer = await api.advise(
          { words, ...(category && { category }), ...(position && { position }), ...(component && { component }) },
          signal,
        )
        if (!signal.aborted) advice.value = answer
      })
    },
    { immediate: true },
  )

  watch(
    () => draft.position,
    (position) => {
      locating.value = !!position
      if (!position) {
        locate.stop()
        located.value = null
        return
      }
      locate.run(async (signal) => {
        try {
          const answer = await api.locate(position, signal)
          if (!signal.aborted) located.value = answer
        } finally {
          if (!signal.aborted) locating.value = false
        }
      })
    },
    { immediate: true },
  )

  return { advice, located, locating }
}

/** Runs only the latest of many wishes, after a pause; the one before is called off. */
export function latest(pauseMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let cut: AbortController | null = null
  const stop = (): void => {
    clearTimeout(timer)
    cut?.abort()
  }
  onScopeDispose(stop)
  return {
    stop,
    run(work: (signal: AbortSignal) => Promise<void>): void {
      stop()
      const own = new AbortController()
      cut = own
      timer = setTimeout(() => {
        // Advice is a help, not a need: when it fails, the form works without it.
        work(own.signal).catch(() => undefined)
      }, pauseMs)
    },
  }
}
