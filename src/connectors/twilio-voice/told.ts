import type { CallEvent } from '../../core/connector/event.ts'
import type { Settings } from './settings.ts'
import type { Thread } from './thread.ts'

/** One hook as its readers see it. */
export interface Told {
  form: URLSearchParams
  /** The leg it is about. */
  sid: string
  thread: Thread
  settings: Settings
}

/** The vendor's last word on how it ended; what the phones told goes along with it. */
export function outcome(thread: Thread, is: NonNullable<CallEvent['outcome']>): CallEvent {
  return {
    type: 'call',
    key: `outcome:${thread.call}:${is}`,
    callId: thread.call,
    fact: 'summary',
    outcome: is,
    // Once somebody has spoken it may also be a call of ours that goes on.
    ...(is !== 'answered' && { direction: thread.request === undefined ? ('inbound' as const) : ('outbound' as const) }),
    ...(thread.request !== undefined && { requestId: thread.request }),
  }
}
