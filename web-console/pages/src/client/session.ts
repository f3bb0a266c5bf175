import { computed, shallowRef } from 'vue'
import type { Session } from '@/model/types'
import { api, ApiProblem, useCsrf } from './api'
import { closeFeed } from './feed'
import { forgetDrafts } from './draftKey'

const session = shallowRef<Session | null>(null)

export const chores = computed(() => session.value?.chores ?? [])
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

/** Asks once more who this is, after something about the account has changed. */
export async function refreshSession(): Promise<void> {
  take(await api.currentSession())
}

export async function signIn(user: string, password: string, code?: string): Promise<void> {
  const answer = await api.signIn(user, password, code)
  // The token is for programs; a page lives by its cookie and keeps no secret in script's reach.
  take({ csrf: answer.csrf, expiresAt: answer.expiresAt, user: answer.user, chores: answer.chores })
}

export async function signOut(): Promise<void> {
  try {
    await api.signOut()
  } finally {
    forgetDrafts()
    lastUser = ''
    take(null)
  }
}

/** Whose session ran out in this tab, so that they need only type the password again. */
export let lastUser = ''

export function forgetSession(): void {
  lastUser = me.value?.user ?? ''
  take(null)
}
