import type { RawDelivery } from '../connector/delivery.ts'

export type DeliveryStatus = 'received' | 'held' | 'applied' | 'ignored' | 'parked'

/** Bodies up to this many bytes live in their row; larger ones in a file. */
export const largestInlineBody = 256 * 1024

/** One delivery on its way into the table. */
export interface NewDelivery {
  id: string
  channelId: string
  dedupeKey: string
  raw: RawDelivery
  bodyFile: string | null
  sha256: Uint8Array
  status: 'received' | 'held'
  receivedAt: Date
  /** Its connector says so: a ringing telephone. */
  isUrgent: boolean
  cursor: { name: string; value: string } | undefined
}

/** A delivery claimed for applying. */
export interface ClaimedDelivery {
  id: string
  channelId: string
  raw: RawDelivery
  bodyFile: string | null
  receivedAt: Date
  attempts: number
  /** A person said that it is no test, whatever it says itself. */
  isReal?: boolean
}

/** Headers as they may be kept and shown: values that hold a secret of the channel, or credentials by their name, are masked. */
export function maskHeaders(headers: Record<string, string>, secrets: readonly string[]): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const isSecret = credentialHeaders.has(name) || secrets.some((secret) => secret.length >= 4 && value.includes(secret))
    kept[name] = isSecret ? mask : value
  }
  return kept
}

/** Stands where a credential was. */
export const mask = '••••'

const credentialHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'x-api-key', 'x-hub-key'])
