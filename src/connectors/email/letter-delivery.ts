import type { RawDelivery } from '../../core/connector/delivery.ts'
import type { SenderProof } from './door/sender-proof.ts'

/** What is known of a letter besides its bytes. It travels in the delivery's headers. */
export interface LetterFacts {
  method: 'IMAP' | 'POP3' | 'SMTP'
  folder?: string
  /** Special use of the folder (RFC 6154): `\Sent`, `\Junk` … */
  folderUse?: string | undefined
  uid?: string
  uidValidity?: string
  /** When the server took the letter in. */
  arrivedAt?: Date
  /** Fetched as old mail. */
  backfill?: boolean
  /** Envelope recipients, at the door. */
  recipients?: string[]
  /** Envelope sender, at the door; empty for bounces. */
  envelopeFrom?: string
  peer?: string
  /** What the door found of the sender, at that moment: keys and records vanish later. */
  proof?: SenderProof | undefined
  /** Only the header block could be had: too large, or the server would not give it. */
  partial?: 'too_large' | 'unreadable'
}

/** A letter as the raw delivery that is stored: the bytes as they came, everything else in headers. */
export function letterDelivery(facts: LetterFacts, body: Uint8Array): RawDelivery {
  const headers: Record<string, string | undefined> = {
    folder: facts.folder,
    'folder-use': facts.folderUse,
    uid: facts.uid,
    'uid-validity': facts.uidValidity,
    'arrived-at': facts.arrivedAt?.toISOString(),
    'x-backfill': facts.backfill ? 'true' : undefined,
    'x-partial': facts.partial,
    'envelope-to': facts.recipients?.join(', '),
    'envelope-from': facts.envelopeFrom,
    peer: facts.peer,
    'sender-authenticity': facts.proof?.authenticity,
    'sender-domain': facts.proof?.domain,
    'sender-checks': facts.proof?.checks,
  }
  const present = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { method: facts.method, path: '', query: '', headers: Object.fromEntries(present), body }
}
