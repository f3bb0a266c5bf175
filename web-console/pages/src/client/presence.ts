/**
 * Who else is here: a sign of life every 15 seconds for this tab, at once when what it shows changes. A courtesy, so a
 * failure is never shown; the server forgets a silent tab by itself.
 */
import { onMounted, onUnmounted, ref, shallowRef, watch, type Ref } from 'vue'
import type { Colleague, OnlineCount } from '@/model/types'
import { api, ApiProblem, sendLast } from './api'
import { onNotice } from './feed'
import { freshKey } from './freshKey'
import { may, me } from './session'

const BEAT_MS = 15_000
/** Browsers slow the timers of a hidden tab; before it would flicker, it leaves and says so. */
const HIDDEN_MS = 4 * 60_000
const COUNT_MS = 30_000

interface Look {
  ticket: number
  editing: boolean
}

const page = freshKey()
const look = shallowRef<Look | null>(null)
const colleagues = shallowRef<Colleague[]>([])
let hiddenAt = 0
let away = false
let asking = 0

async function beat(): Promise<void> {
  if (!me.value || away) return
  asking += 1
  const mine = asking
  const shown = look.value
  try {
    const answer = await api.beat({
      page,
      ...(shown && { ticket: shown.ticket, mode: shown.editing ? 'editing' : 'viewing' }),
    })
    if (mine === asking) colleagues.value = answer
  } catch (failure) {
    // A ticket that may no longer be seen has no colleagues; a broken line changes nothing yet.
    if (mine === asking && failure instanceof ApiProblem) colleagues.value = []
  }
}

function leave(): void {
  asking += 1
  colleagues.value = []
  if (me.value) sendLast('/api/v1/presence', { page, left: true })
}

function seen(): void {
  hiddenAt = document.hidden ? Date.now() : 0
  if (document.hidden || !away) return
  away = false
  void beat()
}

function tick(): void {
  if (!away && hiddenAt && Date.now() - hiddenAt > HIDDEN_MS) {
    leave()
    away = true
  } else void beat()
}

/** For the whole life of the tab. */
export function startPresence(): void {
  setInterval(tick, BEAT_MS)
  document.addEventListener('visibilitychange', seen)
  window.addEventListener('pagehide', leave)
  window.addEventListener('pageshow', (event) => event.persisted && void beat())
  onNotice('presence', (data) => {
    if ((data as { ticket?: number }).ticket === look.value?.ticket) void refresh()
  })
  onNotice('opened', () => void beat())
  watch([me, look], () => void beat(), { immediate: true })
}

/** Only looks; what this tab shows has not changed. */
async function refresh(): Promise<void> {
  const shown = look.value
  if (!shown) return
  asking += 1
  const mine = asking
  try {
    const answer = await api.atTicket(shown.ticket)
    if (mine === asking) colleagues.value = answer
  } catch {
    // The next beat asks again.
  }
}

/** Says that this tab shows a ticket, and gives the colleagues who do the same. */
export function useColleagues(ticket: Ref<number | null>, editing: Ref<boolean>) {
  const stop = watch(
    [ticket, editing],
    ([id, busy]) => (look.value = id === null ? null : { ticket: id, editing: busy }),
    { immediate: true },
  )
  onUnmounted(() => {
    stop()
    look.value = null
    colleagues.value = []
  })
  return colleagues
}

/** How many people are here, for those who may know. */
export function useOnlineCount() {
  const count = ref<OnlineCount | null>(null)
  let timer: ReturnType<typeof setInterval> | undefined
  async function ask(): Promise<void> {
    if (!me.value || !may('watchMap')) count.value = null
    else count.value = await api.online().catch(() => null)
  }
  const stop = watch(me, () => void ask(), { immediate: true })
  onMounted(() => (timer = setInterval(() => void ask(), COUNT_MS)))
  onUnmounted(() => {
    stop()
    clearInterval(timer)
  })
  return count
}
