import { z } from 'zod'
import { ConnectorError, type ConnectorErrorCode } from '../../../core/connector/errors.ts'

/** Twilio's own numbers, https://www.twilio.com/docs/api/errors; of a refused request and of a message that was accepted and failed later. */
const known: Record<number, [code: ConnectorErrorCode, words: string]> = {
  20003: ['auth_failed', 'Twilio does not accept the account SID and the auth token'],
  20429: ['rate_limited', 'Twilio asks to wait'],
  63018: ['rate_limited', 'WhatsApp asks to wait'],
  21211: ['invalid_recipient', 'Twilio does not accept the number of the recipient'],
  21214: ['invalid_recipient', 'Twilio cannot call this number'],
  21217: ['invalid_recipient', 'Twilio does not accept the number of the recipient'],
  21401: ['invalid_recipient', 'Twilio does not accept the number of the recipient'],
  21614: ['invalid_recipient', 'This number is no mobile phone'],
  30005: ['invalid_recipient', 'The operator does not know this number'],
  30006: ['invalid_recipient', 'This number is a landline or cannot get messages'],
  63003: ['invalid_recipient', 'This number has no WhatsApp'],
  21610: ['blocked', 'The client has opted out of messages from this number'],
  30004: ['blocked', 'The operator or the client blocks messages from this number'],
  63016: ['window_closed', 'The client last wrote more than 24 hours ago: WhatsApp lets nothing but a template through'],
  21408: ['rejected', 'The account may not send to this country: switch it on in Twilio under Geo permissions'],
  21606: ['rejected', 'The sender number cannot send messages'],
  21617: ['rejected', 'The text is longer than 1600 characters'],
  30003: ['rejected', 'The phone is switched off or out of reach'],
  30007: ['rejected', 'The operator took the message for spam'],
  30034: ['rejected', 'The sender number is not registered for messages to the USA (A2P 10DLC)'],
}

/** Words of a code that came with a failed message; undefined: none came. */
export function wordsOfCode(code: string | null): string | undefined {
  if (code === null || code === '') return undefined
  return `${known[Number(code)]?.[1] ?? 'Twilio could not deliver it'} (Twilio code ${code})`
}

const refusal = z.object({ status: z.number(), code: z.number().nullish(), message: z.string().nullish() })

// Codes of a connection that was never made, so nothing can have been said over it.
const neverLeft =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EPROTO|CERT_.*|.*_CERT.*|UNABLE_TO_.*|ERR_TLS_.*|UND_ERR_CONNECT_TIMEOUT)$/

/** What the SDK threw, as core understands it. A server's own failure of a request that may have acted leaves open whether it did. */
export function explain(error: unknown, { mayAct = false }: { mayAct?: boolean }): ConnectorError {
  if (error instanceof ConnectorError) return error
  const lost = mayAct ? 'outcome_unknown' : 'temporary'
  const read = refusal.safeParse(error).data
  if (read === undefined) {
    const system = systemCode(error)
    if (system !== undefined && neverLeft.test(system)) return new ConnectorError('temporary', `Twilio cannot be reached (${system})`)
    return new ConnectorError(lost, `No clear answer came from Twilio (${system ?? 'time-out or unreadable answer'})`)
  }
  const { status, code, message } = read
  const entry = known[code ?? 0]
  if (entry?.[0] === 'rate_limited') return new ConnectorError('rate_limited', entry[1], { retryAfterMs: 5000 })
  if (entry) return new ConnectorError(entry[0], `${entry[1]} (Twilio code ${code})`)
  if (status === 401 || status === 403) return new ConnectorError('auth_failed', 'Twilio does not accept the account SID and the auth token')
  if (status >= 500) return new ConnectorError(lost, `Twilio failed with ${status}`)
  return new ConnectorError('rejected', `Twilio refused: ${message ?? status}${code ? ` (Twilio code ${code})` : ''}`)
}

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return systemCode(error.cause)
}
