/** Sending files and finding them again. */
import type { Attachment, TicketAttachment } from '@/model/types'
import { ApiProblem, call, csrfToken, NoAnswer, query, readProblem, sessionLost } from './api'

/** What the server takes; a camera that could send something else turns it into this. */
export const TAKEN = 'image/jpeg,image/png,image/webp,application/pdf,audio/*,video/mp4,video/quicktime,video/3gpp'

/** A stalled line is given up, a slow one is not. */
const STALL_MS = 60_000
const POSITION_MS = 8_000

export interface Sending {
  done: Promise<Attachment>
  stop: () => void
}

export interface Whereabouts {
  lon: number
  lat: number
  accuracy: number
}

const HEIF_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'mif1', 'msf1', 'avif']

/** Whether a file is a picture as iPhones keep it, told by its bytes, for its name may say anything. */
export async function isHeif(file: Blob): Promise<boolean> {
  const start = new TextDecoder('latin1').decode(await file.slice(0, 12).arrayBuffer())
  return start.slice(4, 8) === 'ftyp' && HEIF_BRANDS.includes(start.slice(8, 12))
}

/** Where this device is; null when it does not know or nobody allows it. */
export function whereabouts(): Promise<Whereabouts | null> {
  if (!('geolocation' in navigator)) return Promise.resolve(null)
  return new Promise((resolve) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({ lon: coords.longitude, lat: coords.latitude, accuracy: Math.min(coords.accuracy, 100_000) }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: POSITION_MS, maximumAge: 30_000 },
    ),
  )
}

/** Sends a file; `onProgress` hears a share from 0 to 1. */
export function send(file: Blob, at: Whereabouts | null, onProgress: (share: number) => void): Sending {
  const request = new XMLHttpRequest()
  const done = new Promise<Attachment>((resolve, reject) => {
    let stall = setTimeout(() => request.abort(), STALL_MS)
    const alive = (): void => {
      clearTimeout(stall)
      stall = setTimeout(() => request.abort(), STALL_MS)
    }
    request.upload.onprogress = (event) => {
      alive()
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.onload = () => {
      clearTimeout(stall)
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Attachment)
      else {
        if (request.status === 401) sessionLost()
        reject(new ApiProblem(readProblem(request.responseText, request), null))
      }
    }
    request.onerror = request.onabort = () => {
      clearTimeout(stall)
      reject(new NoAnswer('the file was not sent'))
    }
    const place = at ? { ...at, crs: 'WGS84' } : {}
    request.open('POST', `/api/v1/attachments${query(place)}`)
    request.setRequestHeader('X-CSRF-Token', csrfToken())
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.send(file)
  })
  return { done, stop: () => request.abort() }
}

export const listAttachments = (ticket: number): Promise<TicketAttachment[]> =>
  call<{ attachments: TicketAttachment[] }>(`/api/v1/tickets/${ticket}/attachments`).then((it) => it.attachments)

export const previewAddress = (id: number, size: 'small' | 'large'): string =>
  `/api/v1/attachments/${id}/preview?size=${size}`

export const fileAddress = (id: number, original = false): string =>
  `/api/v1/attachments/${id}${original ? '?original=true' : ''}`
