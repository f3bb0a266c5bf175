/** One import, asked for until the work on it is over. */
import { onUnmounted, ref, shallowRef } from 'vue'
import { ApiProblem } from '@/client/api'
import { boundaryApi } from '@/client/boundaries'
import { failureText } from '@/i18n/say'
import type { BoundaryImport } from '@/model/boundaries'

const FIRST_MS = 400
const MOST_MS = 3000

export function useImport(id: number) {
  const one = shallowRef<BoundaryImport | null>(null)
  /** Why nothing can be shown. */
  const problem = ref('')
  const missing = ref(false)
  /** The last question got no answer; it is asked again. */
  const cut = ref(false)
  let wait = FIRST_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  let gone = false

  async function load(): Promise<void> {
    clearTimeout(timer)
    try {
      const answer = await boundaryApi.import(id)
      if (gone) return
      one.value = answer
      cut.value = false
      problem.value = ''
      if (answer.running) again()
    } catch (failure) {
      if (gone) return
      missing.value = failure instanceof ApiProblem && failure.status === 404
      const lost = !(failure instanceof ApiProblem) || failure.status >= 500
      if (lost && one.value) {
        cut.value = true
        again()
      } else problem.value = failureText(failure)
    }
  }

  // Small files are over in a second, large ones take minutes: the pauses grow.
  function again(): void {
    timer = setTimeout(() => void load(), wait)
    wait = Math.min(wait * 1.3, MOST_MS)
  }

  onUnmounted(() => {
    gone = true
    clearTimeout(timer)
  })
  return { one, problem, missing, cut, load }
}
