/**
 * What this person is told of clocks and of others' steps: asked for when the live feed tells of a change that may have
 * brought something, and by the clock, seldom while the feed is at work and a few times a minute while it is not.
 */
import { onUnmounted, ref, shallowRef, watch } from 'vue'
import { asked, happened, isDue, neverAsked } from '@/model/askAgain'
import type { Names } from '@/model/types'
import { call, post } from './api'
import { connection, onChanges, onNotice } from './feed'
import { me } from './session'

export interface Notice {
  id: number
  ticket: { id: number; number: string; state: string }
  /** A clock's, such as `clockOverdue`, or a step's, such as `dispatched`; more may come. */
  occasion: string
  occasionName: Names
  clockName: Names | null
  level: number
  dueAt: string | null
  createdAt: string
  shownAt: string
  reminders: number
  /** How many further levels were told as well because nobody acknowledged it. */
  toldLevel: number
  /** Since when the ticket has moved on. */
  overAt: string | null
  sent: Sent[]
  acknowledged: { at: string; name: string | null; nameEn: string | null; unit: Names | null } | null
}

/** What went out by other means than the bell. */
export interface Sent {
  meansName: Names
  state: 'waiting' | 'sending' | 'sent' | 'failed' | 'dropped'
  people: number
  why: string | null
}

/** What the mark beside a notice says: over time, soon over time, or something to do. */
export function markOf(occasion: string): 'red' | 'yellow' | 'blue' {
  if (occasion === 'clockOverdue' || occasion === 'clockEscalated' || occasion === 'supervised') return 'red'
  return occasion === 'clockWarned' || occasion === 'urged' || occasion === 'rework' ? 'yellow' : 'blue'
}

export interface NoticePage {
  notices: Notice[]
  open: number
  openMore: boolean
  next: string | null
}

const TICK_MS = 500

export const noticeApi = {
  page: (state: 'open' | 'all', cursor?: string) =>
    call<NoticePage>(`/api/v1/notices?state=${state}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`),
  address: () => call<{ email: string | null }>('/api/v1/account/notice-address'),
  setAddress: (email: string | null) => post<{ email: string | null }>('/api/v1/account/notice-address', { email }),
  acknowledge: (id: number) => post<Notice>(`/api/v1/notices/${id}/acknowledge`, {}),
}

/** The newest open notices and how many there are. */
export function useNotices() {
  const page = shallowRef<NoticePage | null>(null)
  const failed = ref(false)
  let asking = 0
  let when = neverAsked

  async function ask(): Promise<void> {
    asking += 1
    when = asked(when, Date.now())
    const mine = asking
    if (!me.value) {
      page.value = null
      return
    }
    try {
      const answer = await noticeApi.page('open')
      if (mine === asking) page.value = answer
      failed.value = false
    } catch {
      // The next round asks again; what is shown may be a little old.
      failed.value = true
    }
  }

  async function acknowledge(notice: Notice): Promise<void> {
    await noticeApi.acknowledge(notice.id)
    await ask()
  }

  /** A tab that nobody sees asks for nothing; it catches up when it is looked at. */
  function tick(): void {
    if (!document.hidden && isDue(when, Date.now(), connection.value === 'live')) void ask()
  }

  function hint(): void {
    when = happened(when, Date.now(), Math.random())
  }

  const stop = watch(me, () => void ask(), { immediate: true })
  const forgetChanges = onChanges(hint)
  const forgetOpened = onNotice('opened', hint)
  const timer = setInterval(tick, TICK_MS)
  document.addEventListener('visibilitychange', tick)
  onUnmounted(() => {
    stop()
    forgetChanges()
    forgetOpened()
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  })
  return { page, failed, acknowledge }
}
