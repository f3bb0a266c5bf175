import { ref, watch, type Ref } from 'vue'
import type { DeskCall } from '@/model/calls'
import type { Draft } from './draft'
import { fill, mayFill } from './fill'
import { useCalls } from './useCalls'

interface Desk {
  draft: Draft
  /** Whether the last report's receipt is still shown instead of the form. */
  finished: Ref<boolean>
  sending: Ref<boolean>
  /** Begins the next form. */
  start: () => void
  /** The form has changed under the hands of whoever types. */
  filled: () => void
}

/** What the telephone brings into the form: by itself into one that nobody has typed in, else when asked for. */
export function useCallFill(desk: Desk) {
  const { draft, finished } = desk
  const { calls, current, choose, dismiss } = useCalls(answered)
  /** The address that came from an earlier ticket, while nobody has confirmed or changed it. */
  const broughtAddress = ref('')

  function answered(call: DeskCall): void {
    if (finished.value && !desk.sending.value) desk.start()
    if (mayFill(draft) && !finished.value) bring(call)
  }

  function takeOver(): void {
    if (!current.value?.view || draft.call === current.value.id) return
    if (finished.value) desk.start()
    bring(current.value)
  }

  function bring(call: DeskCall): void {
    if (!call.view) return
    const before = draft.position
    fill(draft, call.view)
    if (draft.position && draft.position !== before) broughtAddress.value = draft.address
    desk.filled()
  }

  // Another address than the one that was brought along lies somewhere else: its position must not stay.
  watch(
    () => [draft.address, draft.position] as const,
    ([address, position], [, before]) => {
      if (!broughtAddress.value || address === broughtAddress.value) return
      if (position && position === before) draft.position = null
      broughtAddress.value = ''
    },
  )

  return { calls, current, choose, dismiss, takeOver, broughtAddress }
}
