import type { RawDelivery } from '../../core/connector/delivery.ts'
import { ownId, visitorId } from './payloads.ts'

/** Who sends, and what he calls it: both stand in the address, so that they are known before the body is read. */
export interface Sender {
  visitor: string
  /** The page's own id of this delivery. */
  id: string
}

/** `?visitor=…&id=…`; undefined: a page of ours sends no such thing. */
export function senderOf(request: RawDelivery): Sender | undefined {
  const query = new URLSearchParams(request.query.slice(0, 1_000))
  const visitor = visitorId.safeParse(query.get('visitor')).data
  const id = ownId.safeParse(query.get('id')).data
  return visitor === undefined || id === undefined ? undefined : { visitor, id }
}

export function isMultipart(request: RawDelivery): boolean {
  return /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')
}
