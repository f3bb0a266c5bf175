/** Versions of the boundaries and imports of a layer. */
import type { BoundaryImport, BoundaryLogLine, BoundaryVersions, Heritage, ImportBrief } from '@/model/boundaries'
import { call, post, query } from './api'
import { Cancelled, sendFile } from './upload'

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

export const upload = (
  file: Blob,
  wish: Record<string, string>,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<BoundaryImport> => sendFile<BoundaryImport>('/api/v1/boundary-imports', file, wish, sent, signal)

export { Cancelled }
