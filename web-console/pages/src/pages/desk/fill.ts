/** What a call brings into the form. Pure but for the draft itself. */
import type { CallView } from '@/model/types'
import { isTouched, type Draft } from './draft'

/** Whether a call may fill the form by itself: nobody has typed anything, and nothing is on its way. */
export function mayFill(draft: Draft): boolean {
  return draft.sent === null && !isTouched(draft)
}

/** Ties the form to the call and fills what is still empty; nothing that was typed is changed. */
export function fill(draft: Draft, call: CallView): void {
  if (draft.sent !== null) return
  draft.call = call.id
  draft.channel = 'phone'
  if (!draft.phone.trim() && call.caller.kind === 'number') draft.phone = call.caller.phone
  // Without the number the name is masked too, and a mask is no name.
  if (!draft.callerName.trim() && call.caller.phone) draft.callerName = call.caller.name
  if (draft.address.trim() || draft.position || !call.lastPlace) return
  draft.address = call.lastPlace.address
  draft.position = call.lastPlace.position
}
