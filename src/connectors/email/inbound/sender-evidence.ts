import type { ReceivedDelivery } from '../../../core/connector/delivery.ts'
import { foldAddress } from '../mime/addresses.ts'
import type { RawHeader } from '../mime/blocks.ts'
import type { EmailSettings } from '../settings.ts'
import { type Authenticity, judgeAuthenticity } from './authenticity.ts'

/**
 * How far the author's address is proven: at our own door by what it found itself, in a mailbox by the words of the server that received the letter.
 * Undefined where nobody received it: a copy of what was sent.
 */
export function evidenceOf(headers: RawHeader[], author: string, delivery: ReceivedDelivery, settings: EmailSettings): Authenticity | undefined {
  if (delivery.headers['folder-use'] === '\\Sent') return undefined
  return delivery.method === 'SMTP' ? foundAtDoor(author, delivery.headers) : judgeAuthenticity(headers, author, settings)
}

/** Only the very domain that was examined counts: the library may read From otherwise than we do. */
function foundAtDoor(author: string, facts: Record<string, string>): Authenticity {
  const found = facts['sender-authenticity']
  if (facts['sender-domain'] !== foldAddress(author).split('@').at(-1)) return 'none'
  return found === 'attested' || found === 'weak' || found === 'failed' ? found : 'none'
}
