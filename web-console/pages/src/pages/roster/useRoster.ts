import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { rosterApi } from '@/client/roster'
import { city, units } from '@/client/reference'
import { may } from '@/client/session'
import { t } from '@/i18n'
import { failureText } from '@/i18n/say'
import { addDays, momentOf, weekOf, type Day } from '@/model/cityTime'
import { copied, rowsOf, usualTimes, wishOf, type DutyPerson, type Shift, type ShiftWish } from '@/model/roster'

/** How the last change is taken back. */
export interface Undo {
  text: string
  run: () => Promise<void>
}

/** There is nothing to do, and why. */
class NothingToDo extends Error {}

/** One week of a unit's roster, and what may be done to it; every change can be taken back. */
export function useRoster(monday: Ref<Day>, unit: Ref<string>) {
  const zone = computed(() => city.value?.timeZone ?? 'UTC')
  const arranges = computed(() => may('arrangeDuty'))
  const shifts = shallowRef<Shift[]>([])
  const people = shallowRef<DutyPerson[]>([])
  const onDuty = shallowRef<Shift[]>([])
  const problem = ref('')
  const busy = ref(false)
  const loaded = ref(false)
  const undo = shallowRef<Undo | null>(null)
  let turn = 0

  const days = computed(() => weekOf(monday.value))
  const order = computed(() => new Map(units.value.map((it, index) => [it.code, index])))
  const rows = computed(() =>
    rowsOf(people.value, shifts.value, days.value, zone.value, (code) => order.value.get(code) ?? units.value.length),
  )
  const times = computed(() => {
    const usual = usualTimes(shifts.value, zone.value)
    return usual.length > 0 ? usual : [{ from: '08:30', until: '17:30' }]
  })

  function between(first: Day): Promise<Shift[]> {
    return rosterApi.shifts({
      from: momentOf(first, '00:00', zone.value),
      until: momentOf(addDays(first, 7), '00:00', zone.value),
      unit: unit.value,
    })
  }

  async function load(): Promise<void> {
    turn += 1
    const mine = turn
    try {
      const [week, some, now] = await Promise.all([
        between(monday.value),
        arranges.value ? rosterApi.people(unit.value) : Promise.resolve([]),
        rosterApi.shifts({ unit: unit.value }),
      ])
      if (mine !== turn) return
      shifts.value = week
      people.value = some
      onDuty.value = now
      problem.value = ''
    } catch (failure) {
      if (mine === turn) problem.value = failureText(failure)
    } finally {
      if (mine === turn) loaded.value = true
    }
  }
  watch([monday, unit], load, { immediate: true })

  /** Does something, shows what came of it, and keeps how to take it back. */
  async function attempt(work: () => Promise<Undo | null>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = ''
    try {
      undo.value = await work()
      await load()
      return true
    } catch (failure) {
      const said = failure instanceof NothingToDo ? failure.message : failureText(failure)
      // Others may have changed it meanwhile; what stands is shown, and what went wrong stays.
      await load()
      problem.value = said
      return false
    } finally {
      busy.value = false
    }
  }

  /** What puts these back as they were, and takes those away. */
  const back = (gone: readonly Shift[], made: readonly Shift[]) => async () => {
    const wishes = gone.flatMap((it) => (it.user ? [wishOf(it, it.user.user)] : []))
    if (wishes.length + made.length > 0) await rosterApi.arrange(wishes, made)
  }

  const add = (wishes: ShiftWish[]) =>
    attempt(async () => {
      const made = await rosterApi.arrange(wishes)
      return { text: t('roAdded', { n: made.length }), run: back([], made) }
    })

  const change = (old: Shift, wishes: ShiftWish[]) =>
    attempt(async () => {
      const made = await rosterApi.arrange(wishes, [old])
      return { text: t('roChanged'), run: back([old], made) }
    })

  const remove = (shift: Shift) =>
    attempt(async () => {
      await rosterApi.arrange([], [shift])
      return { text: t('roRemoved'), run: back([shift], []) }
    })

  const copyLastWeek = () =>
    attempt(async () => {
      const before = await between(addDays(monday.value, -7))
      // What began the week before that is not last week's.
      const begun = before.filter((it) => Date.parse(it.from) >= start(addDays(monday.value, -7)))
      const wishes = copied(begun, shifts.value, zone.value, Date.now())
      if (wishes.length === 0) throw new NothingToDo(t(begun.length === 0 ? 'roNothingToCopy' : 'roAllThere'))
      const made = await rosterApi.arrange(wishes)
      return { text: t('roCopied', { n: made.length }), run: back([], made) }
    })

  const start = (day: Day): number => Date.parse(momentOf(day, '00:00', zone.value))

  const takeBack = () => {
    const last = undo.value
    return attempt(async () => {
      await last?.run()
      return null
    })
  }

  return {
    zone,
    arranges,
    shifts,
    people,
    onDuty,
    problem,
    busy,
    loaded,
    undo,
    days,
    rows,
    times,
    load,
    add,
    change,
    remove,
    copyLastWeek,
    takeBack,
  }
}
