import { onMounted, onUnmounted, ref, shallowRef } from 'vue'
import { api, ApiProblem } from '@/client/api'
import { holdFeed, onChanges } from '@/client/feed'
import { t } from '@/i18n'
import { failureText } from '@/i18n/say'
import type { Offer, Ticket, TicketEvent } from '@/model/types'

/** One ticket with its history and what may be done now, kept fresh by the feed. */
export function useTicket(id: number) {
  const ticket = shallowRef<Ticket | null>(null)
  const events = shallowRef<TicketEvent[]>([])
  const offer = shallowRef<Offer>({ version: 0, actions: [] })
  const problem = ref('')
  const changedElsewhere = ref(0)
  let asking = 0
  let pause: ReturnType<typeof setTimeout> | undefined

  /** Takes a ticket unless a newer one is known already; answers cross on the way. */
  function take(next: Ticket): void {
    if (!ticket.value || next.version >= ticket.value.version) ticket.value = next
  }

  /** After somebody's own step the ticket may be out of their sight; its answer still stands. */
  async function load(answered = false): Promise<void> {
    asking += 1
    const mine = asking
    try {
      const [found, history, offered] = await Promise.all([api.ticket(id), api.events(id), api.actions(id)])
      if (mine !== asking) return
      take(found)
      events.value = history
      offer.value = offered
      problem.value = ''
    } catch (failure) {
      if (mine !== asking) return
      const hidden = failure instanceof ApiProblem && (failure.status === 404 || failure.status === 403)
      if (hidden && answered) {
        offer.value = { version: 0, actions: [] }
        return
      }
      problem.value = hidden ? t('notFound') : failureText(failure)
      if (hidden) ticket.value = null
    }
  }

  const stops: (() => void)[] = []
  onMounted(() => {
    void load()
    stops.push(holdFeed())
    stops.push(
      onChanges((changes) => {
        const news = changes.filter((change) => change.ticket.id === id)
        if (!news.some((change) => change.ticket.version > (ticket.value?.version ?? 0))) {
          // The same version again: the sealer has placed an event, so the history shows its number.
          if (news.length === 0) return
        } else changedElsewhere.value += 1
        clearTimeout(pause)
        pause = setTimeout(() => void load(), 120)
      }),
    )
  })
  onUnmounted(() => {
    clearTimeout(pause)
    for (const stop of stops) stop()
  })

  return { ticket, events, offer, problem, changedElsewhere, load, take }
}
