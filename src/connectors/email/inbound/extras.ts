import type { ReceivedDelivery } from '../../../core/connector/delivery.ts'
import { headerValue } from '../mime/blocks.ts'
import { findFolds } from '../mime/quotes.ts'
import type { Letter } from '../mime/read-letter.ts'
import type { Authenticity } from './authenticity.ts'
import type { DeliveryReport } from './bounce.ts'
import { findSuspicion } from './suspicion.ts'
import { arrivalOf, readDate } from './times.ts'

/** Facts worth keeping for people: who else to answer, how far the sender is proven, where the quote starts, what a bounce says. */
export function describeExtras(
  letter: Letter,
  delivery: ReceivedDelivery,
  evidence: Authenticity | undefined,
  bounce: DeliveryReport | undefined,
): Record<string, string> {
  const folds = findFolds(letter.text.replace(/\r\n?/g, '\n').trimEnd())
  const written = readDate(letter.date)
  const isOddDate = written !== undefined && Math.abs(written.getTime() - arrivalOf(letter.headers, delivery).getTime()) > 86_400_000
  const extras: Record<string, string | undefined> = {
    replyTo: letter.replyTo.map((mailbox) => mailbox.address).join(', '),
    authenticity: evidence,
    senderChecks: delivery.headers['sender-checks'],
    warning: findSuspicion(letter),
    quoteStart: folds.quoteStart?.toString(),
    signatureStart: folds.signatureStart?.toString(),
    folder: delivery.headers.folder,
    dateHeader: isOddDate ? letter.date : undefined,
    calendar: letter.calendar,
    protection: protectionOf(letter),
    partial: delivery.headers['x-partial'],
    envelopeFrom: delivery.headers['envelope-from'],
    bounceReason: bounce?.reason,
    bounceAction: bounce?.action,
    bounceRecipient: bounce?.recipient,
    bounceStatus: bounce?.status,
  }
  return Object.fromEntries(Object.entries(extras).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''))
}

/** `encrypted` or `signed`: said, never verified. */
function protectionOf(letter: Letter): string | undefined {
  const type = headerValue(letter.headers, 'content-type') ?? ''
  if (/multipart\/encrypted|smime-type="?enveloped-data/i.test(type) || /-----BEGIN PGP MESSAGE-----/.test(letter.text.slice(0, 5000)))
    return 'encrypted'
  return /multipart\/signed|smime-type="?signed-data/i.test(type) ? 'signed' : undefined
}
