import type { ReceivedDelivery } from '../../../core/connector/delivery.ts'
import { headerValue, type RawHeader } from '../mime/blocks.ts'

const dayMs = 86_400_000

/** When the letter reached the mailbox: the server's word, else its topmost `Received`, else our own clock. */
export function arrivalOf(headers: RawHeader[], delivery: ReceivedDelivery): Date {
  return readDate(delivery.headers['arrived-at']) ?? receivedDate(headers) ?? delivery.receivedAt
}

/** The author's Date, unless it is more than a day away from arrival (1970 and 2038 occur): then arrival. */
export function writtenAt(date: string | undefined, arrival: Date): Date {
  const written = readDate(date)
  return written !== undefined && Math.abs(written.getTime() - arrival.getTime()) <= dayMs ? written : arrival
}

/** Date of the topmost `Received`, which the receiving server wrote. */
export function receivedDate(headers: RawHeader[]): Date | undefined {
  const received = headerValue(headers, 'received')
  return received === undefined ? undefined : readDate(received.slice(received.lastIndexOf(';') + 1))
}

/** A date in any form that occurs in headers; undefined for nonsense. */
export function readDate(text: string | undefined): Date | undefined {
  if (text === undefined || text.trim() === '' || text.length > 300) return undefined
  const date = new Date(text.replace(/\([^)]*\)/g, '').trim())
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1971 || date.getUTCFullYear() > 2200 ? undefined : date
}
