import type { ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { FormSubmitted, InboundEvent } from '../../core/connector/event.ts'
import type { IdentityClaim, Party } from '../../core/connector/identity.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import { joinBuilderFields } from './builder-fields.ts'
import { readConsent } from './consent.ts'
import { type Entry, finishEntries, newCollector, storable } from './entries.ts'
import type { Role } from './field-roles.ts'
import { fingerprintOf, sha256 } from './fingerprint.ts'
import { type GuessedEntry, guessFields } from './guess-fields.ts'
import { readBody } from './parse-body.ts'
import { parseUrlencoded } from './parse-urlencoded.ts'
import { readPhones } from './phones.ts'
import type { FormSettings } from './settings.ts'
import { fieldOf, readSource } from './source.ts'
import { spamReason } from './spam.ts'
import { bodyKey, headerKey } from './submission-key.ts'
import type { ReadItem, Submission } from './submissions.ts'

const deliveryIdHeader = 'x-switchboard-delivery-id'
const hidden = new Set<Role>(['secret', 'cookies', 'elapsed', 'renderedAt'])

interface Item {
  delivery: ReceivedDelivery
  settings: FormSettings
  /** Key of the event when the body names none; unique per item. */
  fallbackKey: string
  /** The sender named the whole delivery, so its items are named by place. */
  isNamed: boolean
}

/** Raw delivery → one event per submission. Never throws: what cannot be read is `malformed`. */
export async function normalise(delivery: ReceivedDelivery, settings: FormSettings): Promise<InboundEvent[]> {
  const items = await readBody(delivery)
  const named = headerKey(delivery)
  const base = named ?? `delivery:${delivery.headers[deliveryIdHeader] ?? contentKey(delivery)}`
  const extra = delivery.body.length === 0 ? [] : queryEntries(delivery.query)
  const events = items.map((item, index) => {
    const fallbackKey = items.length === 1 ? base : `${base}:${index}`
    return toEvent(item, extra, { delivery, settings, fallbackKey, isNamed: named !== undefined })
  })
  return [...new Map(events.map((event) => [event.key, event] as const).toReversed()).values()].toReversed()
}

function toEvent(read: ReadItem, extra: Entry[], item: Item): InboundEvent {
  if (read.is === 'malformed') return { type: 'malformed', key: item.fallbackKey, reason: read.reason }
  if (read.is === 'unsupported') return { type: 'unsupported', key: read.key ?? item.fallbackKey, reason: read.reason }
  const own = new Set(read.entries.map((entry) => entry.path))
  const entries = joinBuilderFields([...read.entries, ...extra.filter((entry) => !own.has(entry.path))])
  return toForm(read, guessFields(entries, item.settings), item)
}

function toForm(read: Submission, entries: GuessedEntry[], item: Item): FormSubmitted {
  const { delivery, settings } = item
  const event: FormSubmitted = {
    type: 'form',
    ...identify(read, entries, item),
    from: toParty(entries, settings),
    text: textOf(entries),
    fields: entries.filter((entry) => entry.as === undefined || !hidden.has(entry.as)).map(toField),
  }
  const topic = fieldOf(entries, 'topic') ?? settings.topic ?? fieldOf(entries, 'formName')
  const company = fieldOf(entries, 'company')
  const source = readSource(entries, safeReferer(delivery))
  const consent = readConsent(entries)
  const spam = spamReason(entries, delivery, settings)
  const written = settings.proof === 'public' ? undefined : fieldOf(entries, 'submittedAt')
  const occurredAt = written === undefined ? undefined : readTime(written, settings.timeZone)
  const attachments = read.attachments.map((file) => ({
    ...file,
    type: storable(file.type).slice(0, 200),
    name: storable(file.name).slice(0, 200).toWellFormed(),
  }))
  return {
    ...event,
    ...(topic !== undefined && { topic: topic.slice(0, 200).toWellFormed() }),
    ...(company !== undefined && { company: company.slice(0, 200).toWellFormed() }),
    ...(source !== undefined && { source }),
    ...(consent !== undefined && { consent }),
    ...(spam !== undefined && { spam }),
    ...(occurredAt !== undefined && { occurredAt }),
    ...(attachments.length > 0 && { attachments }),
  }
}

/** The key, and for what nobody named the means to see a look-alike. */
function identify(read: Submission, entries: GuessedEntry[], item: Item): Pick<FormSubmitted, 'key' | 'fingerprint' | 'lookalikeWindowMs'> {
  const found = item.isNamed ? undefined : bodyKey(read)
  if (item.isNamed) return { key: item.fallbackKey }
  const fingerprint = fingerprintOf(entries)
  if (found !== undefined) return { key: found.isWeak ? `${found.key}:${fingerprint}` : found.key }
  return { key: item.fallbackKey, fingerprint, lookalikeWindowMs: item.settings.lookalikeMinutes * 60_000 }
}

/** All that the visitor typed is claimed, nothing is proven. */
function toParty(entries: GuessedEntry[], settings: FormSettings): Party {
  const all = (role: Role) => entries.filter((entry) => entry.as === role).map((entry) => entry.value)
  const phones = all('phone').flatMap((value) => readPhones(value, settings.defaultCountry))
  const emails = all('email').flatMap((value) =>
    value
      .slice(0, 1000)
      .split(/[\s,;<>]+/)
      .filter((word) => /^[^@]+@[^@]+\.[^@]+$/.test(word)),
  )
  const claims = [...new Set(phones)].map((value) => claim('phone', value)).concat([...new Set(emails)].map((value) => claim('email', value)))
  const name = nameOf(entries)
  return name === undefined ? { identities: claims.slice(0, 10) } : { name, identities: claims.slice(0, 10) }
}

function claim(kind: 'phone' | 'email', value: string): IdentityClaim {
  return { kind, value, evidence: 'claimed' }
}

function nameOf(entries: GuessedEntry[]): string | undefined {
  const whole = fieldOf(entries, 'name')
  const parts = (['firstName', 'middleName', 'lastName'] as const).map((role) => fieldOf(entries, role))
  const pieces = whole === undefined ? parts : [whole, ...parts.filter((part) => part !== undefined && !whole.includes(part))]
  const name = pieces
    .filter((piece) => piece !== undefined)
    .join(' ')
    .replace(/\s+/g, ' ')
  return name === '' ? undefined : name.slice(0, 200).toWellFormed()
}

function textOf(entries: GuessedEntry[]): string {
  const texts = entries.filter((entry) => entry.as === 'text').map((entry) => entry.value.trim())
  return [...new Set(texts)].filter((text) => text !== '').join('\n\n')
}

function toField(entry: GuessedEntry): { name: string; value: string; as?: string } {
  const field = { name: entry.name, value: entry.value }
  return entry.as === undefined || entry.as === 'technical' || entry.as === 'ignore' ? field : { ...field, as: entry.as }
}

function queryEntries(query: string): Entry[] {
  const into = newCollector()
  parseUrlencoded(Buffer.from(query, 'latin1'), undefined, into)
  return finishEntries(into)
}

function safeReferer(delivery: ReceivedDelivery): string | undefined {
  const referer = delivery.headers.referer
  return referer === undefined || URL.parse(referer) === null ? undefined : storable(referer)
}

/** Only outside of the hub, which names every delivery. */
function contentKey(delivery: ReceivedDelivery): string {
  return `${sha256(delivery.body)}:${sha256(`${delivery.method} ${delivery.path}?${delivery.query}`)}`
}
