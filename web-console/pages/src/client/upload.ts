/** Files on their way to the server, which can be watched and stopped. */
import { ApiProblem, csrfToken, NoAnswer, query, readProblem, sessionLost } from './api'

/** Somebody stopped the upload. */
export class Cancelled extends Error {}

/**
 * Sends a file and tells how many of its bytes are on their way. Only the browser's older request can tell that, hence no
 * `fetch`; and no time limit, because half a gigabyte on a thin line takes as long as it takes.
 */
export function sendFile<T>(
  path: string,
  file: Blob,
  wish: Record<string, string>,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${path}${query(wish)}`)
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('X-CSRF-Token', csrfToken())
    request.upload.onprogress = (event) => sent(event.loaded)
    request.onabort = () => reject(new Cancelled())
    request.onerror = () => reject(new NoAnswer('upload'))
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as T)
        return
      }
      if (request.status === 401) sessionLost()
      const wait = Number(request.getResponseHeader('Retry-After'))
      reject(new ApiProblem(readProblem(request.responseText, request), wait > 0 ? wait : null))
    }
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
