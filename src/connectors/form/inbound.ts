import type { ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { FormSubmitted, InboundEvent } from '../../core/connector/event.ts'
import type { IdentityClaim, Party } from '../../core/connector/identity.ts'
import type { ReadSubmission } from '../../core/connector/mapping.ts'
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
import { recogniseSender, senders } from './senders.ts'
import type { FormSettings } from './settings.ts'
import { fieldOf, readSource } from './source.ts'
import { spamReason } from './spam.ts'
import { bodyKey, headerKey } from './submission-key.ts'
import type { ReadItem, Submission } from './submissions.ts'
import { testReason } from './test-marks.ts'

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
  const events = (await readItems(delivery, settings)).map(({ event }) => event)
  return [...new Map(events.map((event) => [event.key, event] as const).toReversed()).values()].toReversed()
}

/** The same, with what each field is taken for and who sent it. */
export async function readFields(delivery: ReceivedDelivery, settings: FormSettings): Promise<ReadSubmission[]> {
  return (await readItems(delivery, settings)).flatMap(({ event, read, entries }) =>
    read.is === 'submission' ? [{ sender: senders[recogniseSender(delivery, read)], fields: entries.filter(isShown).map(toReadField), event }] : [],
  )
}

interface Understood {
  event: InboundEvent
  read: ReadItem
  entries: GuessedEntry[]
}

async function readItems(delivery: ReceivedDelivery, settings: FormSettings): Promise<Understood[]> {
  const items = await readBody(delivery)
  const named = headerKey(delivery)
  const base = named ?? `delivery:${delivery.headers[deliveryIdHeader] ?? contentKey(delivery)}`
  const extra = delivery.body.length === 0 ? [] : queryEntries(delivery.query)
  return items.map((item, index) => {
    const fallbackKey = items.length === 1 ? base : `${base}:${index}`
    return understand(item, extra, { delivery, settings, fallbackKey, isNamed: named !== undefined })
  })
}

function understand(read: ReadItem, extra: Entry[], item: Item): Understood {
  if (read.is === 'malformed') return { read, entries: [], event: { type: 'malformed', key: item.fallbackKey, reason: read.reason } }
  if (read.is === 'unsupported') return { read, entries: [], event: { type: 'unsupported', key: read.key ?? item.fallbackKey, reason: read.reason } }
  const own = new Set(read.entries.map((entry) => entry.path))
  const plain = joinBuilderFields([...read.entries, ...extra.filter((entry) => !own.has(entry.path))])
  const entries = guessFields(plain, item.settings)
  return { read, entries, event: toForm(read, { entries, plain }, item) }
}

/** Fields as they came, and what they are taken for. */
interface Fields {
  plain: Entry[]
  entries: GuessedEntry[]
}

function toForm(read: Submission, fields: Fields, item: Item): FormSubmitted {
  const { entries } = fields
  const { delivery, settings } = item
  const event: FormSubmitted = {
    type: 'form',
    ...identify(read, fields, item),
    from: toParty(entries, settings),
    text: textOf(entries),
    fields: entries.filter(isShown).map(toField),
  }
  const topic = fieldOf(entries, 'topic') ?? settings.topic ?? fieldOf(entries, 'formName')
  const company = fieldOf(entries, 'company')
  const source = readSource(entries, safeReferer(delivery))
  const consent = readConsent(entries, delivery.headers)
  const test = testReason(delivery, entries, read)
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
    ...(test !== undefined && { test }),
    ...(occurredAt !== undefined && { occurredAt }),
    ...(attachments.length > 0 && { attachments }),
  }
}

/** The key, and for what nobody named the means to see a look-alike. */
function identify(read: Submission, fields: Fields, item: Item): Pick<FormSubmitted, 'key' | 'fingerprint' | 'lookalikeWindowMs'> {
  const found = item.isNamed ? undefined : bodyKey(read)
  if (item.isNamed) return { key: item.fallbackKey }
  if (found !== undefined) return { key: found.isWeak ? `${found.key}:${answersOf(fields, item.settings)}` : found.key }
  return { key: item.fallbackKey, fingerprint: answersOf(fields, item.settings), lookalikeWindowMs: item.settings.lookalikeMinutes * 60_000 }
}

/** A hash of what was answered, read without the mapping: no change of it makes another request of the same. */
function answersOf({ entries, plain }: Fields, settings: FormSettings): string {
  const { defaultCountry, ...rest } = settings
  const isPlain = defaultCountry === undefined && Object.keys(settings.mapping).length === 0
  return fingerprintOf(isPlain ? entries : guessFields(plain, { ...rest, mapping: {} }))
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

function isShown(entry: GuessedEntry): boolean {
  return entry.as === undefined || !hidden.has(entry.as)
}

function toReadField({ path, name, value, as, by }: GuessedEntry): ReadSubmission['fields'][number] {
  const field = { path, name, value: value.slice(0, 2000).toWellFormed() }
  return as === undefined || by === undefined ? field : { ...field, as, by }
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
