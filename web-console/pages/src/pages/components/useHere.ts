/** Where this device is, asked once at a time. */
import { ref } from 'vue'
import type { MessageKey } from '@/i18n'
import type { Position } from '@/model/types'

const PATIENCE_MS = 15_000
const DENIED = 1

export function useHere(found: (position: Position, metres: number) => void) {
  const locating = ref(false)
  const problem = ref<MessageKey | ''>('')

  function ask(): void {
    problem.value = ''
    // Without HTTPS a browser tells no position, except to the machine that it runs on.
    if (!('geolocation' in navigator) || !window.isSecureContext) {
      problem.value = 'componentNoGps'
      return
    }
    locating.value = true
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        locating.value = false
        const { longitude, latitude, accuracy } = coords
        found({ lon: rounded(longitude), lat: rounded(latitude), crs: 'WGS84' }, Math.max(1, Math.round(accuracy)))
      },
      (failure) => {
        locating.value = false
        problem.value = failure.code === DENIED ? 'componentGpsDenied' : 'componentNoGps'
      },
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 5_000 },
    )
  }
  return { locating, problem, ask }
}

/** A centimetre; a receiver knows metres. */
const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
