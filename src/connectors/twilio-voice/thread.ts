import type { RawDelivery } from '../../core/connector/delivery.ts'

/**
 * What one hook of a call hands to the next in the query of its address, which Twilio signs: the hub answers without looking anything up.
 * `call`: the first leg of the whole attempt. `request`, `user`, `client`: of a call we asked for. `answered`: somebody has spoken already.
 */
export interface Thread {
  call: string
  request?: string
  user?: string
  client?: string
  answered?: '1'
  closed?: '1'
  /** How often the phones have been rung. */
  round?: string
  /** Whose phone a status is about; absent: the first leg's. */
  leg?: 'user' | 'client'
  /** The phone of ours that is in the conference. */
  phone?: string
  voicemail?: '1'
}

const names = ['request', 'user', 'client', 'answered', 'closed', 'round', 'leg', 'phone', 'voicemail'] as const

/** Full address of a hook of this call. */
export function hookOf(hookUrl: string, path: string, thread: Partial<Thread>): string {
  const query = new URLSearchParams(Object.entries(thread).filter(([, value]) => value !== undefined && value !== '')).toString()
  return `${hookUrl}${path}${query === '' ? '' : `?${query}`}`
}

/** Absent ids are empty. */
export function threadOf(request: RawDelivery, callSid: string): Thread {
  const query = new URLSearchParams(request.query)
  const given = names.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : []))
  return { ...(Object.fromEntries(given) as Partial<Thread>), call: query.get('call') || callSid }
}

/** What goes on from one phone to the next. */
export function onward({ call, request, user, client, answered, round }: Thread): Partial<Thread> {
  return {
    call,
    ...(request && { request }),
    ...(user && { user }),
    ...(client && { client }),
    ...(answered && { answered }),
    ...(round && { round }),
  }
}
