import type { CallOutcome } from '../../core/connector/event.ts'

/** Words of `disposition` (zadarma.com/ru/support/api, NOTIFY_END). A caller who gave up while it rang was missed. Undefined: a word not known here. */
export function outcomeOf(disposition: string | undefined, direction: 'inbound' | 'outbound' | 'internal' | undefined): CallOutcome | undefined {
  switch (disposition?.trim().toLowerCase()) {
    case 'answered':
      return 'answered'
    case 'busy':
      return 'busy'
    case 'cancel':
      return direction === 'outbound' ? 'cancelled' : 'missed'
    case 'no answer':
      return 'missed'
    case 'failed':
    case 'no money':
    case 'unallocated number':
    case 'no limit':
    case 'no day limit':
    case 'line limit':
    case 'no money, no limit':
      return 'failed'
    default:
      return undefined
  }
}
