import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { api, ApiProblem } from '@/client/api'
import { holdFeed, onNotice } from '@/client/feed'
import { drop, hear, isLive, know, reconcile, shown, type DeskCall } from '@/model/calls'
import type { CallBrief } from '@/model/types'

/** Notices may be lost on the way; so the state itself is asked for now and then. */
const ASK_AGAIN_MS = 15_000

/**
 * The calls at this person's phone while the desk is open.
 *
 * @param answered is told once of each call that is answered, with what is known of its caller
 */
export function useCalls(answered: (call: DeskCall) => void) {
  const calls = shallowRef<DeskCall[]>([])
  const chosen = ref<number | null>(null)
  const current = computed(() => shown(calls.value, chosen.value))
  const told = new Set<number>()
  const asking = new Set<number>()

  const release = holdFeed()
  const forgetCalls = onNotice('call', (data) => take(hear(calls.value, data as CallBrief)))
  const forgetOpened = onNotice('opened', () => void askAll())
  const timer = setInterval(() => void askAll(), ASK_AGAIN_MS)
  void askAll()
  onScopeDispose(() => {
    clearInterval(timer)
    forgetCalls()
    forgetOpened()
    release()
  })

  function take(next: DeskCall[]): void {
    calls.value = next
    for (const call of next) {
      if (!call.view && isLive(call)) void ask(call.id)
      tell(call)
    }
  }

  function tell(call: DeskCall): void {
    if (call.state !== 'talking' || !call.view || told.has(call.id)) return
    told.add(call.id)
    chosen.value = call.id
    answered(call)
  }

  async function ask(id: number): Promise<void> {
    if (asking.has(id)) return
    asking.add(id)
    try {
      const view = await api.callView(id)
      take(know(calls.value, view))
    } catch (failure) {
      // Not ours any more: a colleague was faster. Anything else is asked again in a while.
      if (failure instanceof ApiProblem && failure.status === 404) take(drop(calls.value, id))
    } finally {
      asking.delete(id)
    }
  }

  async function askAll(): Promise<void> {
    const asked = new Set(calls.value.filter(isLive).map((call) => call.id))
    try {
      const answer = await api.currentCalls()
      take(reconcile(calls.value, answer.calls, asked))
    } catch {
      // The next round asks again; what is shown stays.
    }
  }

  function choose(id: number): void {
    chosen.value = id
  }

  function dismiss(id: number): void {
    calls.value = drop(calls.value, id)
    if (chosen.value === id) chosen.value = null
  }

  return { calls, current, choose, dismiss }
}
