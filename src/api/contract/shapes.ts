import { z } from 'zod'

export const localised = z.object({ en: z.string(), ru: z.string() })

/** ISO 8601 UTC. */
export const time = z.string()
const id = z.uuid()
const json = z.record(z.string(), z.unknown())

export const media = z.string().describe('email, voice, sms, chat, form …: an open list')

export const attachment = z.object({
  id,
  name: z.string(),
  type: z.string(),
  size: z.number().int().nullable(),
  sha256: z.string().nullable(),
  url: z.string(),
  state: z.enum(['ready', 'expected', 'missing']),
  reason: z.string().nullable(),
  words: localised.nullable().describe('the reason in both languages'),
  contentId: z.string().nullable(),
})

export const source = z.object({
  utm: z.record(z.string(), z.string()).exactOptional(),
  clickIds: z.record(z.string(), z.string()).exactOptional(),
  page: z.string().exactOptional(),
  referrer: z.string().exactOptional(),
  campaign: z.string().exactOptional(),
  extra: z.record(z.string(), z.string()).exactOptional(),
})

export const evidence = z.enum(['attested', 'verified', 'claimed', 'manual'])

export const match = z.object({
  reason: z.string(),
  evidence: evidence.nullable(),
  identity: z.object({ kind: z.string(), value: z.string() }).nullable(),
  flagged: z.boolean().exactOptional(),
})

export const entry = z.object({
  id,
  kind: z.enum(['message', 'call', 'form', 'note', 'event']),
  medium: media.nullable(),
  direction: z.enum(['inbound', 'outbound', 'internal']).nullable(),
  status: z.enum(['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unconfirmed']).nullable(),
  error: z.object({ code: z.string(), message: z.string(), words: localised.exactOptional().describe('the message in both languages') }).nullable(),
  channelId: id.nullable(),
  conversationId: id.nullable(),
  contactId: id.nullable(),
  cardId: id.nullable().describe('the card that shows it: another than contactId after a merge'),
  authorId: id.nullable(),
  deliveryId: id.nullable(),
  callId: id.nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  source: source.nullable(),
  occurredAt: time,
  receivedAt: time,
  subject: z.string().nullable(),
  text: z.string(),
  html: z.boolean().describe('there is a formatted letter at /entries/{id}/html'),
  attachments: z.array(attachment),
  match: match.nullable(),
  automatic: z.string().nullable(),
  extra: json.nullable(),
  editedAt: time.nullable(),
  deletedAt: time.nullable(),
})
export type EntryShape = z.infer<typeof entry>

export const callOutcome = z.enum(['answered', 'missed', 'abandoned', 'busy', 'failed', 'voicemail', 'cancelled'])

export const recording = z.object({
  id,
  state: z.enum(['expected', 'fetching', 'ready', 'missing', 'erased']),
  reason: z.string().nullable().describe('why it is missing'),
  url: z.string().nullable(),
  seconds: z.number().nullable(),
  tracks: z.number().int().nullable().describe('how many sides are kept apart'),
  sides: z.array(z.string()).nullable().describe('who is on which track: client, user; both'),
})

const leg = z.object({
  id: z.string(),
  user: z.string().nullable().describe('extension or number, as the vendor writes it'),
  userId: id.nullable(),
  state: z.enum(['ringing', 'talking', 'held', 'left']),
  startedAt: time.nullable(),
  answeredAt: time.nullable(),
  endedAt: time.nullable(),
  outcome: callOutcome.nullable(),
})

export const call = z.object({
  id,
  contactId: id.nullable().describe('the card that shows it'),
  contactName: z.string().nullable(),
  channelId: id,
  conversationId: id.nullable(),
  entryId: id.nullable(),
  direction: z.enum(['inbound', 'outbound', 'internal']),
  state: z.enum(['ringing', 'queued', 'talking', 'ended']),
  outcome: callOutcome.nullable().describe('null until it is known'),
  from: z.string().nullable(),
  to: z.string().nullable(),
  dialled: z.string().nullable(),
  queue: z.string().nullable(),
  startedAt: time,
  answeredAt: time.nullable(),
  endedAt: time.nullable(),
  waitSeconds: z.number().nullable(),
  talkSeconds: z.number().nullable(),
  userId: id.nullable(),
  disposition: z.string().nullable(),
  note: z.string().nullable(),
  wrappedUpAt: time.nullable(),
  legs: z.array(leg),
  followUp: z
    .object({ by: z.enum(['us', 'client']), at: time })
    .nullable()
    .describe('of a call in vain: when he was spoken to after it, and who rang whom'),
  recordings: z.array(recording),
  recordingPausedAt: time.nullable().describe('since when it is not recorded, by hand'),
})

export const identityRole = z.enum(['personal', 'household', 'switchboard', 'shared', 'recycled'])

export const identity = z.object({
  id,
  kind: z.string(),
  value: z.string(),
  role: identityRole,
  evidence,
  raw: z.string().describe('as it was first given'),
  contactId: id.describe('which of the merged contacts it belongs to'),
  owning: z.boolean().describe('new traffic of it goes to that contact'),
})

export const contact = z.object({
  id,
  name: z.string(),
  stage: z.enum(['lead', 'client']),
  ownerId: id.nullable(),
  companyId: id.nullable(),
  identities: z.array(identity),
  mergedIntoId: id.nullable(),
  cardId: id.describe('the card that shows it: its own id unless it is merged'),
  fields: json,
  language: z.string().nullable(),
  pictureUrl: z.string().nullable(),
  lastTouchAt: time,
  createdAt: time,
})
export type ContactShape = z.infer<typeof contact>

export const lead = z.object({
  id,
  contactId: id,
  cardId: id,
  contactName: z.string().describe('name on that card; empty when nobody knows it'),
  contactIdentity: z.object({ kind: z.string(), value: z.string() }).nullable().describe('how the client is reached, for one without a name'),
  status: z.enum(['new', 'working', 'won', 'lost', 'junk']),
  topic: z.string(),
  lostReason: z.string().nullable(),
  source: source.nullable(),
  firstTouch: json.nullable(),
  lastTouch: json.nullable(),
  ownerId: id.nullable(),
  createdAt: time,
  updatedAt: time,
})
export type LeadShape = z.infer<typeof lead>

export const conversation = z.object({
  id,
  contactId: id,
  cardId: id,
  channelId: id,
  medium: media,
  subject: z.string().nullable(),
  state: z.enum(['open', 'waiting', 'closed']),
  assigneeId: id.nullable(),
  teamId: id.nullable(),
  ourAddress: z.string().nullable(),
  waitingSince: time.nullable(),
  dueAt: time.nullable().describe('until when he is to be answered: the target of the channel in open time'),
  snoozedUntil: time.nullable(),
  lastEntryAt: time,
  createdAt: time,
  participants: z.array(z.object({ kind: z.string(), value: z.string(), name: z.string() })),
})
export type ConversationShape = z.infer<typeof conversation>

export const company = z.object({
  id,
  name: z.string(),
  domain: z.string().nullable().describe('corporate e-mail domain'),
  ownerId: id.nullable(),
  fields: json,
  people: z.number().int(),
  createdAt: time,
  updatedAt: time,
})
export type CompanyShape = z.infer<typeof company>

export const delivery = z.object({
  id,
  channelId: id,
  status: z.enum(['received', 'held', 'applied', 'ignored', 'parked']),
  reason: z.string().nullable(),
  receivedAt: time,
  appliedAt: time.nullable(),
  attempts: z.number().int(),
  repeats: z.number().int().describe('how often the same delivery came again'),
  replays: z.number().int(),
  size: z.number().int().describe('bytes'),
  test: z.boolean().nullable().describe('a test of whoever connects the channel; false: a person said that it is none'),
  removedAt: time.nullable().describe('when what this test made was taken off the cards'),
  events: z.array(
    z.object({
      key: z.string(),
      kind: z.string(),
      status: z.enum(['applied', 'ignored', 'parked', 'waiting', 'quarantined', 'superseded']),
      reason: z.string().nullable(),
      entryId: id.nullable(),
    }),
  ),
})

export const channel = z.object({
  id,
  key: z.string(),
  connector: z.string(),
  media: z.array(media),
  name: z.string(),
  state: z.enum(['ok', 'attention', 'retrying', 'working', 'paused', 'waiting']),
  stateDetail: localised.nullable(),
  hookUrl: z.string().nullable().describe('where the vendor or form sends to; null where nothing is sent to, and for those who may not know'),
  settings: json.describe('secrets masked'),
  teamId: id.nullable(),
  lastDeliveryAt: time.nullable(),
  pausedAt: time.nullable(),
  createdAt: time,
})
export type ChannelShape = z.infer<typeof channel>
