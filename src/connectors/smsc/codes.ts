import type { ConnectorErrorCode } from '../../core/connector/errors.ts'
import type { Receipt } from '../../core/connector/event.ts'

interface Meaning {
  code: ConnectorErrorCode
  words: string
  retryAfterMs?: number
}

/** Codes of `send.php` (smsc.ru/api, "Error codes"). The other scripts have 1, 2, 4 and 9 in common with it. */
const meanings: Record<number, Meaning> = {
  1: { code: 'rejected', words: 'SMSC misses something in the request' },
  2: { code: 'auth_failed', words: 'SMSC does not know this login and password' },
  // Nobody but a person in the cabinet can help: the channel asks for it, and what was to be sent waits.
  3: { code: 'auth_failed', words: 'There is no money left on the account of SMSC' },
  4: { code: 'rate_limited', words: 'SMSC has blocked our address for a while, after too many errors', retryAfterMs: 900_000 },
  5: { code: 'rejected', words: 'SMSC could not read the date' },
  6: { code: 'rejected', words: 'SMSC forbids this text or this sender' },
  7: { code: 'invalid_recipient', words: 'SMSC does not accept this number' },
  8: { code: 'invalid_recipient', words: 'SMSC cannot deliver to this number' },
  9: { code: 'rate_limited', words: 'SMSC takes it for too many equal requests', retryAfterMs: 60_000 },
}

/** Its text tells a stop list from other refusals: there is no code of its own for it. */
const stopList = /stop[\s-]?list|black[\s-]?list|стоп[\s-]?лист|ч[её]рн/i

export function meaningOf(code: number, text: string): Meaning {
  if (stopList.test(text)) return { code: 'blocked', words: 'The number is on the stop list of SMSC' }
  return meanings[code] ?? { code: 'rejected', words: `SMSC refused with code ${code}` }
}

const failures: Record<number, string> = {
  3: 'It could not be delivered in time',
  20: 'It cannot be delivered',
  22: 'The number is wrong',
  23: 'It is forbidden to this number',
  24: 'There was no money left on the account of SMSC',
  25: 'The number cannot be reached',
}

/** Codes of `err` in a status that mean that the number asked not to be written to, or that we forbade it ourselves. */
const forbidden = new Set([250, 252])

/** A status as a receipt (smsc.ru/api, "Statuses"): −1 waits, 0 is with the operator, 4 is a link that was opened. */
export function receiptOf(status: number, err: number | undefined): Pick<Receipt, 'status' | 'error'> | undefined {
  if (status === -1 || status === 0) return { status: 'sent' }
  if (status === 1) return { status: 'delivered' }
  if (status === 2 || status === 4) return { status: 'read' }
  const words = failures[status]
  if (words === undefined) return undefined
  if (err !== undefined && forbidden.has(err)) return { status: 'failed', error: 'The number is on the stop list of SMSC' }
  return { status: 'failed', error: err ? `${words} (SMSC error ${err})` : words }
}
