import { computed, nextTick, onUnmounted, reactive, ref, watch, type Ref } from 'vue'
import { ElMessage } from 'element-plus'
import { api, ApiProblem } from '@/client/api'
import { FORMS_KEY } from '@/client/draftKey'
import { city } from '@/client/reference'
import { me } from '@/client/session'
import { named, pick, t } from '@/i18n'
import { failureText, listed, term } from '@/i18n/say'
import type { OfferedAction, Offer, SentFile, Ticket, TicketEvent } from '@/model/types'
import { orphanedText, toFields, unanswered, type Answers } from './answers'
import { fieldsToAsk, firstAnswers } from './formHints'
import { keepForm, readForm } from './keptForms'

interface Panel {
  ticket: Ticket
  offer: Offer
  events: readonly TicketEvent[]
  changedElsewhere: number
}
interface Told {
  done: (ticket: Ticket) => void
  overtaken: (current: Ticket | null) => void
  /** Somebody should look at the first field that is wrong. */
  wrong: () => void
}

/** What somebody types into a ticket's forms, sending it, and what is kept when it is refused. */
export function useActionForm(panel: Panel, editing: Ref<boolean>, told: Told) {
  const user = me.value?.user ?? ''
  const kept = readForm(sessionStorage.getItem(FORMS_KEY), user, panel.ticket.id)
  const typed = reactive<Record<string, Answers>>(kept?.typed ?? {})
  /** Files and excuses by action, as the texts are. */
  const enclosed = reactive<Record<string, SentFile[]>>(kept?.enclosed ?? {})
  const excuses = reactive<Record<string, string>>(kept?.excuses ?? {})
  const waitsFor = ref('')
  const chosenId = ref(kept?.chosen ?? '')
  const sending = ref(false)
  const notice = ref('')
  const problem = ref('')
  const wrong = reactive<Record<string, string>>({})

  const chosen = computed<OfferedAction | null>(
    () => panel.offer.actions.find((action) => action.action === chosenId.value) ?? null,
  )
  const answers = computed<Answers>(
    () => typed[chosenId.value] ?? (chosen.value ? firstAnswers(chosen.value, panel.ticket, panel.events) : {}),
  )
  const fields = computed(() => fieldsToAsk(chosen.value, answers.value))
  const lost = computed(() => orphanedText(panel.offer.actions, typed))

  watch(
    () => panel.offer,
    (offer) => {
      const only = offer.actions.length === 1 ? offer.actions[0] : undefined
      if (!chosen.value) chosenId.value = only?.action ?? ''
    },
    { immediate: true },
  )
  watch(
    () => panel.changedElsewhere,
    () => {
      const typing = Object.values(typed).some((some) => Object.values(some).some((text) => text.trim()))
      if (typing && !sending.value && !problem.value) notice.value = t('changedWhileTyping')
    },
  )
  // The form went away by itself: sent, or no longer offered.
  watch(chosen, (form) => {
    if (!form) editing.value = false
  })
  onUnmounted(() => (editing.value = false))
  watch([typed, enclosed, excuses, chosenId], () => {
    const form = { ticket: panel.ticket.id, chosen: chosenId.value, typed, enclosed, excuses }
    const text = keepForm(sessionStorage.getItem(FORMS_KEY), user, form)
    if (text === null) sessionStorage.removeItem(FORMS_KEY)
    else sessionStorage.setItem(FORMS_KEY, text)
  })

  /** A second press on the chosen action puts its form away; what was typed stays with it. */
  function choose(action: string): void {
    const closes = action === chosenId.value && editing.value
    chosenId.value = closes ? '' : action
    editing.value = !closes
    problem.value = ''
    forgetWrong()
  }

  function answer(field: string, text: string): void {
    typed[chosenId.value] = { ...answers.value, [field]: text }
    editing.value = true
    delete wrong[field]
  }

  /** The words of actions that are no longer offered have been copied, or are not wanted. */
  function dropLost(): void {
    const still = new Set(panel.offer.actions.map((action) => action.action))
    for (const some of [typed, enclosed, excuses])
      for (const action of Object.keys(some)) if (!still.has(action)) delete some[action]
  }

  function forgetWrong(): void {
    for (const field of Object.keys(wrong)) delete wrong[field]
  }

  async function submit(): Promise<void> {
    const action = chosen.value
    if (!action || sending.value) return
    problem.value = ''
    notice.value = ''
    forgetWrong()
    if (waitsFor.value) {
      problem.value = waitsFor.value
      return
    }
    for (const field of unanswered(fields.value, answers.value)) wrong[field.name] = t('required')
    if (Object.keys(wrong).length > 0) return void nextTick(told.wrong)
    sending.value = true
    try {
      const next = await api.act(panel.ticket.id, action.action, panel.offer.version, {
        ...toFields(fields.value, answers.value, city.value?.timeZone),
        ...evidence(action.action),
      })
      delete typed[action.action]
      delete enclosed[action.action]
      delete excuses[action.action]
      chosenId.value = ''
      ElMessage.success({ message: t('done', { action: pick(action.name) }), plain: true, duration: 2200 })
      told.done(next)
    } catch (failure) {
      await refused(failure)
    } finally {
      sending.value = false
    }
  }

  function evidence(action: string): Record<string, unknown> {
    const ids = (enclosed[action] ?? []).map((it) => it.id)
    const excuse = excuses[action]?.trim()
    return { ...(ids.length > 0 && { attachments: ids }), ...(excuse && { attachmentException: excuse }) }
  }

  async function refused(failure: unknown): Promise<void> {
    if (!(failure instanceof ApiProblem) || failure.code === 'outcome_unknown') {
      // The action may have happened. With its version it can't happen twice, so looking again settles it.
      problem.value = failureText(failure)
      told.overtaken(null)
      return
    }
    const { status, code, legal, field, ticket } = failure.problem
    if (status === 409) {
      problem.value = t('conflict', { who: await faster(), state: term('states', ticket?.state ?? panel.ticket.state) })
      told.overtaken(ticket ?? null)
    } else if (code === 'illegal_action') {
      const names = listed((legal ?? []).map((id) => term('actions', id)))
      problem.value = names ? t('illegal', { legal: names }) : t('illegalNone')
      told.overtaken(ticket ?? null)
    } else if (field && fields.value.some((it) => it.name === field)) {
      wrong[field] = failureText(failure)
      void nextTick(told.wrong)
    } else if (failure.retryAfterSeconds !== null && (status === 429 || status === 503)) {
      problem.value = t('busy', { seconds: failure.retryAfterSeconds })
    } else problem.value = failureText(failure)
  }

  /** Who acted last, by the history; myself in another window counts too. */
  async function faster(): Promise<string> {
    try {
      const actor = (await api.events(panel.ticket.id)).at(-1)?.actor
      if (!actor) return t('system')
      return actor.user === me.value?.user ? t('yourself') : named(actor)
    } catch {
      return t('someone')
    }
  }

  return {
    enclosed,
    excuses,
    waitsFor,
    chosenId,
    chosen,
    answers,
    fields,
    lost,
    sending,
    notice,
    problem,
    wrong,
    choose,
    dropLost,
    answer,
    submit,
  }
}
