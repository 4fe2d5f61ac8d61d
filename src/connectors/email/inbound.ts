import type { ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundEvent, MessageReceived, Receipt } from '../../core/connector/event.ts'
import { isOwnAddress, ourAddressIn } from './inbound/addressed.ts'
import { classifyAutomatic } from './inbound/automatic.ts'
import { findOriginalId, readBounce } from './inbound/bounce.ts'
import { describeExtras } from './inbound/extras.ts'
import { authorOf, othersOf } from './inbound/parties.ts'
import { evidenceOf } from './inbound/sender-evidence.ts'
import { hintOf } from './inbound/threading.ts'
import { arrivalOf, writtenAt } from './inbound/times.ts'
import { idsIn, tokenIn } from './message-id.ts'
import { letterKey } from './mime/blocks.ts'
import { type Letter, readLetter } from './mime/read-letter.ts'
import type { EmailSettings } from './settings.ts'

/** Pure: a letter to its events. The message first; a delivery report adds a receipt. What cannot be read is `malformed`, never an exception. */
export async function normalise(delivery: ReceivedDelivery, settings: EmailSettings): Promise<InboundEvent[]> {
  const key = cleanText(letterKey(delivery.body))
  if (delivery.body.byteLength === 0) return [{ type: 'malformed', key, reason: 'The letter is empty.' }]
  try {
    const letter = await readLetter(delivery.body)
    return eventsOf(letter, { key, delivery, settings }).map((event) => cleanEvent(event))
  } catch (error) {
    return [
      { type: 'malformed', key, reason: cleanText(`The letter could not be read: ${error instanceof Error ? error.message : 'unknown fault'}`) },
    ]
  }
}

interface Context {
  key: string
  delivery: ReceivedDelivery
  settings: EmailSettings
}

function eventsOf(letter: Letter, context: Context): InboundEvent[] {
  const { key, delivery, settings } = context
  const author = letter.from[0]?.address
  const isSent = wasSent(author, delivery, settings)
  const externalId = externalIdOf(letter, key)
  if (!isSent && author !== undefined && isOwnAddress(author, settings) && tokenIn(externalId) !== undefined)
    return [{ type: 'unsupported', key, reason: 'A letter of ours that came back to us.' }]
  const automatic = isSent ? undefined : classifyAutomatic(letter)
  const writer = letter.from[0] ?? letter.sender
  const evidence = writer && evidenceOf(letter.headers, writer.address, delivery, settings)
  const bounce = automatic === 'bounce' ? readBounce(letter) : undefined
  const message: MessageReceived = {
    type: 'message',
    key,
    ...timesOf(letter, delivery),
    ourAddress: ourAddressIn(letter, delivery, settings),
    direction: isSent ? 'outbound' : 'inbound',
    externalId,
    from: authorOf(letter, evidence),
    others: othersOf(letter),
    conversation: hintOf(letter, {
      recipients: addressList(delivery.headers['envelope-to']),
      ...(bounce?.originalId !== undefined && { originalId: bounce.originalId }),
    }),
    ...(letter.subject !== '' && { subject: letter.subject }),
    text: letter.text.replace(/\r\n?/g, '\n').trimEnd(),
    ...(letter.html !== undefined && { html: letter.html }),
    attachments: letter.attachments,
    ...replyToOf(letter),
    ...(automatic !== undefined && { automatic }),
    ...(delivery.headers['folder-use'] === '\\Junk' && { spam: 'The mail server put it into its junk folder.' }),
    ...(delivery.headers['x-backfill'] === 'true' && { backfill: true }),
    extra: describeExtras(letter, delivery, evidence, bounce?.reports[0]),
  }
  return [message, ...receiptsOf(letter, key, bounce)]
}

/** What lies in Sent, or in another folder that the owner named and is written by himself. Who claims his name in the inbox is no more than that. */
function wasSent(author: string | undefined, { headers }: ReceivedDelivery, settings: EmailSettings): boolean {
  if (headers['folder-use'] === '\\Sent') return true
  const isNamed = headers.folder !== undefined && headers.folder.toUpperCase() !== 'INBOX' && headers['folder-use'] === undefined
  return isNamed && author !== undefined && isOwnAddress(author, settings)
}

function receiptsOf(letter: Letter, key: string, bounce: ReturnType<typeof readBounce> | undefined): Receipt[] {
  if (bounce?.originalId !== undefined) {
    const failed = bounce.reports.filter((report) => report.action === 'failed')
    if (failed.length > 0) {
      const words = failed.map((report) => [report.recipient, report.status, report.diagnostic].filter(Boolean).join(': '))
      return [{ type: 'receipt', key: `${key}:failed`, externalId: bounce.originalId, status: 'failed', error: words.join('\n') || letter.subject }]
    }
    if (bounce.reports.some((report) => report.action === 'delivered'))
      return [{ type: 'receipt', key: `${key}:delivered`, externalId: bounce.originalId, status: 'delivered' }]
  }
  const notice = letter.reports.find((report) => report.type === 'message/disposition-notification')
  const originalId = notice === undefined ? undefined : findOriginalId(letter)
  if (notice === undefined || originalId === undefined || !/^Disposition:.*;\s*displayed/im.test(notice.text)) return []
  return [{ type: 'receipt', key: `${key}:read`, externalId: originalId, status: 'read' }]
}

function externalIdOf(letter: Letter, key: string): string {
  return idsIn(letter.messageId)[0] ?? (letter.messageId?.trim() || `<${key.replace(/[^\w]/g, '')}@unnamed>`)
}

function replyToOf(letter: Letter): { replyTo?: string } {
  const answered = idsIn(letter.headers.find((header) => header.name === 'in-reply-to')?.value)[0]
  return answered === undefined ? {} : { replyTo: answered }
}

function timesOf(letter: Letter, delivery: ReceivedDelivery): { occurredAt: string } {
  return { occurredAt: writtenAt(letter.date, arrivalOf(letter.headers, delivery)).toISOString() }
}

function addressList(value: string | undefined): string[] {
  return value === undefined || value === '' ? [] : value.split(', ')
}

/** PostgreSQL text holds no NUL, and lone surrogates are no text. */
function cleanText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed()
}

function cleanEvent(event: InboundEvent): InboundEvent {
  return cleanValue(event) as InboundEvent
}

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(cleanValue)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cleanValue(item)]))
}
