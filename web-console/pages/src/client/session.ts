import { computed, shallowRef } from 'vue'
import type { Session } from '@/model/types'
import { api, ApiProblem, useCsrf } from './api'
import { closeFeed } from './feed'
import { DRAFT_KEY } from './draftKey'

const session = shallowRef<Session | null>(null)

export const me = computed(() => session.value?.user ?? null)

export function may(permission: string): boolean {
  return session.value?.user.permissions.includes(permission) ?? false
}

function take(next: Session | null): void {
  session.value = next
  useCsrf(next?.csrf ?? '')
  if (!next) closeFeed()
}

/** Asks the server who is signed in, once at the start of the tab; true when somebody is. */
export async function resumeSession(): Promise<boolean> {
  if (session.value) return true
  try {
    take(await api.currentSession())
    return true
  } catch (failure) {
    if (failure instanceof ApiProblem && failure.status === 401) return false
    throw failure
  }
}

export async function signIn(user: string, password: string): Promise<void> {
  const answer = await api.signIn(user, password)
  // The token is for programs; a page lives by its cookie and keeps no secret in script's reach.
  take({ csrf: answer.csrf, expiresAt: answer.expiresAt, user: answer.user })
}

export async function signOut(): Promise<void> {
  try {
    await api.signOut()
  } finally {
    sessionStorage.removeItem(DRAFT_KEY)
    take(null)
  }
}

export function forgetSession(): void {
  take(null)
}
