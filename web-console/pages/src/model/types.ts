/** The shapes of the HTTP API, as `/api/openapi.yaml` describes them, by subject. Times are RFC 3339 text. */
export type * from './types/common'
export type * from './types/city'
export type * from './types/people'
export type * from './types/ticket'
export type * from './types/component'
export type * from './types/call'
