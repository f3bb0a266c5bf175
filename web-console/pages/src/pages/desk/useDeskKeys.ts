import { onMounted, onUnmounted } from 'vue'

interface DeskKeys {
  next: () => void
  takeOver: () => void
  send: () => void
  /** Takes the n-th suggested category, counted from 0; whether there was one to take. */
  suggest: (rank: number) => boolean
}

/** Ctrl+Alt+N next call, Ctrl+Alt+A take the call over, Ctrl+Enter register, Alt+1…3 a suggested category. */
export function useDeskKeys(desk: DeskKeys): void {
  function key(event: KeyboardEvent): void {
    if (event.ctrlKey && event.altKey && event.code === 'KeyN') {
      event.preventDefault()
      desk.next()
    } else if (event.ctrlKey && event.altKey && event.code === 'KeyA') {
      event.preventDefault()
      desk.takeOver()
    } else if (event.ctrlKey && event.key === 'Enter') {
      event.preventDefault()
      desk.send()
    } else if (event.altKey && !event.ctrlKey && /^Digit[123]$/.test(event.code)) {
      if (desk.suggest(Number(event.code.slice(5)) - 1)) event.preventDefault()
    }
  }
  onMounted(() => window.addEventListener('keydown', key))
  onUnmounted(() => window.removeEventListener('keydown', key))
}
