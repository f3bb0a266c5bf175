import { onScopeDispose, readonly, ref } from 'vue'

const now = ref(Date.now())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The time, renewed each second while somebody looks. */
export function useNow() {
  users += 1
  now.value = Date.now()
  timer ??= setInterval(() => (now.value = Date.now()), 1000)
  onScopeDispose(() => {
    users -= 1
    if (users > 0) return
    clearInterval(timer)
    timer = undefined
  })
  return readonly(now)
}
