import { onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { api, ApiProblem, reportBody } from '@/client/api'
import { DRAFT_KEY } from '@/client/draftKey'
import { freshKey } from '@/client/freshKey'
import { vocabulary } from '@/client/reference'
import { may, me } from '@/client/session'
import { t } from '@/i18n'
import { failureText } from '@/i18n/say'
import type { Ticket } from '@/model/types'
import { emptyDraft, isTouched, missing, readDraft, toReport, type Draft } from './draft'

const FIRST_RETRY_S = 4
const LONGEST_RETRY_S = 60

/** The form's life: typing, sending, not knowing, receipt, next call. */
export function useDesk() {
  const user = me.value?.user ?? ''
  const draft = reactive<Draft>(readDraft(sessionStorage.getItem(DRAFT_KEY), user) ?? blank(user))
  const receipt = shallowRef<Ticket | null>(null)
  const sending = ref(false)
  const message = ref('')
  const waitsFor = ref('')
  const errors = reactive<Record<string, string>>({})
  const retryIn = ref(0)
  let tries = 0
  let countdown: ReturnType<typeof setInterval> | undefined

  watch(
    draft,
    () => {
      if (isTouched(draft)) sessionStorage.setItem(DRAFT_KEY, JSON.stringify(draft))
      else sessionStorage.removeItem(DRAFT_KEY)
    },
    { deep: true },
  )
  onScopeDispose(() => clearInterval(countdown))

  function start(): void {
    clearInterval(countdown)
    tries = 0
    retryIn.value = 0
    receipt.value = null
    message.value = ''
    forgetErrors()
    Object.assign(draft, blank(user))
    sessionStorage.removeItem(DRAFT_KEY)
  }

  function forgetErrors(): void {
    for (const field of Object.keys(errors)) delete errors[field]
  }

  async function submit(): Promise<void> {
    if (sending.value || receipt.value) return
    forgetErrors()
    message.value = ''
    if (!draft.sent) {
      if (waitsFor.value) {
        message.value = waitsFor.value
        return
      }
      for (const field of missing(draft)) errors[field] = field === 'place' ? t('needPlace') : t('required')
      if (Object.keys(errors).length > 0) return
    }
    clearInterval(countdown)
    sending.value = true
    // Kept before sending: if this tab dies now, the same bytes go out again under the same key.
    const body = draft.sent ?? reportBody(toReport(draft))
    draft.sent = body
    try {
      receipt.value = await api.report(body, draft.key)
      tries = 0
      sessionStorage.removeItem(DRAFT_KEY)
    } catch (failure) {
      refused(failure)
    } finally {
      sending.value = false
    }
  }

  function refused(failure: unknown): void {
    const known = failure instanceof ApiProblem ? failure : null
    const fateUnknown = !known || known.code === 'outcome_unknown' || (known.status >= 500 && known.status !== 503)
    if (fateUnknown) {
      message.value = t('outcomeUnknown')
      tries += 1
      waitAndRetry(Math.min(LONGEST_RETRY_S, FIRST_RETRY_S * 2 ** (tries - 1)))
      return
    }
    // A plain "no": nothing was stored, so the form may be changed and the key used again.
    draft.sent = null
    if (known.status === 429 || known.status === 503) {
      message.value = t('busy', { seconds: known.retryAfterSeconds ?? 5 })
      return
    }
    const field = fieldOf(known.problem.field)
    if (field) errors[field] = failureText(known)
    else message.value = failureText(known)
  }

  function waitAndRetry(seconds: number): void {
    retryIn.value = seconds
    countdown = setInterval(() => {
      retryIn.value -= 1
      if (retryIn.value <= 0) void submit()
    }, 1000)
  }

  return { draft, receipt, sending, message, waitsFor, errors, retryIn, submit, start }
}

function blank(user: string): Draft {
  const first = (list: { id: string }[] | undefined, wish: RegExp): string =>
    (list?.find((it) => wish.test(it.id)) ?? list?.[0])?.id ?? ''
  return emptyDraft(user, freshKey(), {
    // Whoever may settle things on the spot is out in the street, not at a telephone.
    channel: first(vocabulary.value?.channels, may('selfHandle') ? /worker|grid|patrol/i : /phone|call|hotline/i),
    type: first(vocabulary.value?.types, /complain|help/i),
    urgency: first(vocabulary.value?.urgencies, /normal|general|ordinary|routine/i),
  })
}

/** The place on the form where the server's `field` is shown. */
function fieldOf(field: string | undefined): string {
  if (!field) return ''
  if (/phone/i.test(field)) return 'phone'
  if (/caller/i.test(field)) return 'callerName'
  if (/position|address|lon|lat|crs|place/i.test(field)) return 'place'
  const known = ['words', 'channel', 'type', 'urgency', 'category', 'attachments'].find((name) => field.includes(name))
  return known ?? ''
}
