/** Whether this tab is cut off from the server for longer than a blink. */
import { onScopeDispose, readonly, ref, watch } from 'vue'
import { connection } from './feed'

/** A reconnect after a restart takes about a second; whoever reads shouldn't be startled by it. */
const BLINK_MS = 4_000

export function useCut() {
  const cut = ref(false)
  const offline = ref(!navigator.onLine)
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = (): void => void (offline.value = !navigator.onLine)
  window.addEventListener('online', look)
  window.addEventListener('offline', look)
  watch(
    [connection, offline],
    ([now, off]) => {
      clearTimeout(timer)
      timer = undefined
      if (!off && now !== 'reconnecting') cut.value = false
      else if (!cut.value) timer = setTimeout(() => (cut.value = true), off ? 0 : BLINK_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    window.removeEventListener('online', look)
    window.removeEventListener('offline', look)
  })
  return readonly(cut)
}
