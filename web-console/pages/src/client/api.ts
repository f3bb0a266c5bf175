/** Everything that the pages say to the server goes through here. */
import type {
  Address,
  Advice,
  BoundaryTiles,
  Brief,
  CallBrief,
  CallView,
  Category,
  CategoryKey,
  City,
  Colleague,
  Component,
  ComponentDraft,
  ComponentImport,
  ComponentVocabulary,
  ComponentWithHistory,
  OwnerCodes,
  Located,
  Offer,
  OnlineCount,
  Position,
  Problem,
  Report,
  Session,
  Ticket,
  TicketEvent,
  TicketPage,
  Unit,
  Vocabulary,
} from '@/model/types'

/** The server answered, and said no. */
export class ApiProblem extends Error {
  constructor(
    readonly problem: Problem,
    readonly retryAfterSeconds: number | null,
  ) {
    super(problem.title)
  }
  get status(): number {
    return this.problem.status
  }
  get code(): string {
    return this.problem.code
  }
}

/** No answer, or none that can be read: what became of the call is not known. */
export class NoAnswer extends Error {}

const TIMEOUT_MS = 20_000
let csrf = ''
let onSessionLost: () => void = () => undefined

export function useCsrf(value: string): void {
  csrf = value
}

export function csrfToken(): string {
  return csrf
}

/** A session that ended is noticed by whichever call hears of it first. */
export function sessionLost(): void {
  onSessionLost()
}

export function whenSessionLost(listener: () => void): void {
  onSessionLost = listener
}

interface Call {
  method?: 'GET' | 'POST' | 'DELETE'
  body?: string
  headers?: Record<string, string>
  /** The caller deals with 401 by itself. */
  ownUnauthorised?: boolean
  signal?: AbortSignal
}

/** For the files beside this one; pages use what those offer. */
export async function call<T>(path: string, options: Call = {}): Promise<T> {
  const method = options.method ?? 'GET'
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers }
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf
  const cut = new AbortController()
  const timer = setTimeout(() => cut.abort(), TIMEOUT_MS)
  options.signal?.addEventListener('abort', () => cut.abort())
  try {
    const request: RequestInit = { method, headers, signal: cut.signal, credentials: 'same-origin', cache: 'no-cache' }
    if (options.body !== undefined) request.body = options.body
    const response = await fetch(path, request)
    const text = await response.text()
    if (response.ok) return (text ? JSON.parse(text) : undefined) as T
    const problem = new ApiProblem(readProblem(text, response), retryAfter(response))
    if (response.status === 401 && !options.ownUnauthorised) onSessionLost()
    throw problem
  } catch (failure) {
    if (failure instanceof ApiProblem) throw failure
    throw new NoAnswer(failure instanceof Error ? failure.message : String(failure))
  } finally {
    clearTimeout(timer)
  }
}

export function readProblem(text: string, response: { status: number }): Problem {
  try {
    const read = JSON.parse(text) as Partial<Problem>
    if (typeof read.code === 'string' && typeof read.title === 'string')
      return { ...read, type: read.type ?? 'about:blank', status: response.status, title: read.title, code: read.code }
  } catch {
    // A proxy's HTML page, for instance; the status alone has to do.
  }
  return { type: 'about:blank', title: `HTTP ${response.status}`, status: response.status, code: 'unreadable_answer' }
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('Retry-After'))
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null
}

export function post<T>(path: string, body: unknown, options: Call = {}): Promise<T> {
  return call<T>(path, { ...options, method: 'POST', body: JSON.stringify(body) })
}

/** Goes out even while the page is being closed; nobody hears the answer. */
export function sendLast(path: string, body: unknown): void {
  void fetch(path, {
    method: 'POST',
    keepalive: true,
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
    body: JSON.stringify(body),
  }).catch(() => undefined)
}

export function query(values: Record<string, string | number | boolean | undefined>): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(values))
    if (value !== undefined && value !== '') search.set(key, String(value))
  const text = search.toString()
  return text ? `?${text}` : ''
}

export interface TicketQuery {
  state?: string
  unit?: string
  q?: string
  actionable?: boolean
  sort?: 'newest' | 'oldest' | 'due'
  limit?: number
  cursor?: string
}

export interface ComponentQuery {
  class?: string
  area?: string
  state?: string
  near?: string
  limit?: number
  cursor?: string
}

/** Where a sheet of square codes for these is, to open in a tab of its own and print. */
export const sheetAddress = (asked: ComponentQuery): string => `/api/v1/components/qr-sheet${query({ ...asked })}`

export const api = {
  city: () => call<City>('/api/v1/city'),
  vocabulary: () => call<Vocabulary>('/api/v1/vocabulary'),
  categories: () => call<{ categories: Category[] }>('/api/v1/categories').then((it) => it.categories),
  units: () => call<{ units: Unit[] }>('/api/v1/units').then((it) => it.units),
  boundaryTiles: (layer: string) => call<BoundaryTiles>(`/api/v1/tiles/${encodeURIComponent(layer)}.json`),

  setup: (token: string, user: string, password: string) =>
    post<void>('/api/v1/setup', { token, user, password }, { ownUnauthorised: true }),
  signIn: (user: string, password: string, code?: string) =>
    post<Session>('/api/v1/sessions', { user, password, code }, { ownUnauthorised: true }),
  currentSession: () => call<Session>('/api/v1/sessions/current', { ownUnauthorised: true }),
  signOut: () => call<void>('/api/v1/sessions/current', { method: 'DELETE', ownUnauthorised: true }),

  /** `body` is text, because a retry must send the very same bytes. */
  report: (body: string, key: string) =>
    call<Ticket>('/api/v1/reports', { method: 'POST', body, headers: { 'Idempotency-Key': key } }),
  advise: (
    draft: { words: string; category?: CategoryKey; position?: Position; component?: string },
    signal: AbortSignal,
  ) => post<Advice>('/api/v1/suggestions', draft, { signal }),
  componentWords: () => call<ComponentVocabulary>('/api/v1/component-classes'),
  components: (asked: ComponentQuery, signal?: AbortSignal) =>
    call<{ components: Component[]; next: string | null }>(`/api/v1/components${query({ ...asked })}`, {
      ...(signal && { signal }),
    }),
  component: (code: string) => call<ComponentWithHistory>(`/api/v1/components/${encodeURIComponent(code)}`),
  addComponent: (draft: ComponentDraft, key: string) =>
    post<Component>('/api/v1/components', draft, { headers: { 'Idempotency-Key': key } }),
  describeComponent: (
    code: string,
    body: { version: number; name: string; owners: OwnerCodes; why: string },
    key: string,
  ) =>
    post<Component>(`/api/v1/components/${encodeURIComponent(code)}/details`, body, {
      headers: { 'Idempotency-Key': key },
    }),
  moveComponent: (code: string, body: { version: number; position: Position; why: string }, key: string) =>
    post<Component>(`/api/v1/components/${encodeURIComponent(code)}/position`, body, {
      headers: { 'Idempotency-Key': key },
    }),
  componentImports: () => call<{ imports: ComponentImport[] }>('/api/v1/components/imports').then((it) => it.imports),
  componentImport: (id: number) => call<ComponentImport>(`/api/v1/components/imports/${id}`),
  componentState: (code: string, body: { version: number; state: string; why: string }, key: string) =>
    post<Component>(`/api/v1/components/${encodeURIComponent(code)}/state`, body, {
      headers: { 'Idempotency-Key': key },
    }),
  locate: (at: Position, signal: AbortSignal) =>
    call<Located>(`/api/v1/locate${query({ lon: at.lon, lat: at.lat, crs: at.crs })}`, { signal }),
  addresses: (q: string, signal: AbortSignal) =>
    call<{ addresses: Address[] }>(`/api/v1/addresses${query({ q })}`, { signal }).then((it) => it.addresses),

  currentCalls: () => call<{ calls: CallBrief[] }>('/api/v1/calls/current'),
  callView: (id: number) => call<CallView>(`/api/v1/calls/${id}`),

  tickets: (asked: TicketQuery) => call<TicketPage>(`/api/v1/tickets${query({ ...asked })}`),
  ticket: (id: number) => call<Ticket>(`/api/v1/tickets/${id}`),
  events: (id: number) => call<{ events: TicketEvent[] }>(`/api/v1/tickets/${id}/events`).then((it) => it.events),
  caller: (id: number, purpose: string, reason: string) =>
    post<{ name?: string; phone?: string; address?: string }>(`/api/v1/tickets/${id}/caller`, { purpose, reason }),
  actions: (id: number) => call<Offer>(`/api/v1/tickets/${id}/actions`),
  act: (id: number, action: string, version: number, fields: Record<string, unknown>) =>
    post<Ticket>(`/api/v1/tickets/${id}/actions`, { ...fields, action, version }),

  beat: (sign: { page: string; ticket?: number; mode?: Colleague['mode'] }) =>
    post<{ people: Colleague[] }>('/api/v1/presence', sign).then((it) => it.people),
  atTicket: (id: number) => call<{ people: Colleague[] }>(`/api/v1/tickets/${id}/presence`).then((it) => it.people),
  online: () => call<OnlineCount>('/api/v1/online'),
}

/** Where the picture of a ticket's surroundings is; twice as fine as a screen, for paper. */
export const mapPicture = (id: number): string =>
  `/api/v1/tickets/${id}/map.png${query({ width: 1280, height: 560, density: 2, scale: 15000 })}`

export type { Brief, Report }

export const reportBody = (report: Report): string => JSON.stringify(report)
