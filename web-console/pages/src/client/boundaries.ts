/** Versions of the boundaries and imports of a layer. */
import type { BoundaryImport, BoundaryLogLine, BoundaryVersions, Heritage, ImportBrief } from '@/model/boundaries'
import { ApiProblem, call, csrfToken, NoAnswer, post, query, readProblem, sessionLost } from './api'

/** Which ground: that of a version, of a day, or the one that holds. */
export type Asked = { version: string } | { date: string } | Record<string, never>

export const boundaryApi = {
  versions: () => call<BoundaryVersions>('/api/v1/boundary-versions'),
  lineage: (version: string) =>
    call<{ lineage: Heritage[] }>(`/api/v1/boundary-versions/${encodeURIComponent(version)}/lineage`).then(
      (it) => it.lineage,
    ),
  withdraw: (version: string, note: string) =>
    post<BoundaryVersions>(`/api/v1/boundary-versions/${encodeURIComponent(version)}/actions`, {
      action: 'withdraw',
      note,
    }),
  layer: (layer: string, asked: Asked, signal?: AbortSignal) =>
    call<object>(`/api/v1/boundaries/${encodeURIComponent(layer)}${query(asked)}`, signal ? { signal } : {}),
  imports: () => call<{ imports: ImportBrief[] }>('/api/v1/boundary-imports').then((it) => it.imports),
  import: (id: number) => call<BoundaryImport>(`/api/v1/boundary-imports/${id}`),
  decide: (id: number, action: 'activate' | 'discard', note: string, validFrom?: string) =>
    post<BoundaryImport>(`/api/v1/boundary-imports/${id}/actions`, {
      action,
      note,
      ...(validFrom && { validFrom }),
    }),
  log: () => call<{ log: BoundaryLogLine[] }>('/api/v1/boundary-log').then((it) => it.log),
}

/** Somebody stopped the upload. */
export class Cancelled extends Error {}

/**
 * Sends a file and tells how many of its bytes are on their way. Only the browser's older request can tell that, hence no
 * `fetch`; and no time limit, because half a gigabyte on a thin line takes as long as it takes.
 */
export function upload(
  file: Blob,
  wish: Record<string, string>,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<BoundaryImport> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/boundary-imports${query(wish)}`)
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('X-CSRF-Token', csrfToken())
    request.upload.onprogress = (event) => sent(event.loaded)
    request.onabort = () => reject(new Cancelled())
    request.onerror = () => reject(new NoAnswer('upload'))
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as BoundaryImport)
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
