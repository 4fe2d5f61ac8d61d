export const ruleTriggers = ['form', 'closed'] as const
/** `form`: a form came. `closed`: a message came outside business hours. */
export type RuleTrigger = (typeof ruleTriggers)[number]

export interface RuleFields {
  name: string
  trigger: RuleTrigger
  /** Where it must have come; null: anywhere. */
  channelId: string | null
  /** Part of the campaign, UTM source or page it must have come from; empty: from anywhere. */
  source: string
  templateId: string
  /** Channels to answer a form by, the preferred first. A message is answered where it came. */
  sendBy: string[]
  /** At most once per person within so many hours; 0: once for ever. */
  periodHours: number
  /** Only to who agreed to it in a form. */
  needsConsent: boolean
}

export interface RuleView extends RuleFields {
  id: string
  pausedAt: string | null
  updatedAt: string
  /** Within the last seven days. */
  sent: number
  skipped: number
}

/** Why a rule did nothing, or what it did. The console says each in words. */
export const firingReasons = [
  'sent',
  'inside_hours',
  'other_source',
  'hours_not_set',
  'machine',
  'backfill',
  'too_old',
  'open_again',
  'answered',
  'opted_out',
  'no_consent',
  'already_sent',
  'too_many_to_client',
  'too_many_to_address',
  'no_way',
  'channel_paused',
  'refused',
  'rule_gone',
  'restored',
] as const
export type FiringReason = (typeof firingReasons)[number]

/** Reasons that say no more than that the event was not the rule's business: not shown among its firings. */
const idleReasons: readonly FiringReason[] = ['inside_hours', 'other_source']

/** `due` and undecided before that; `idle`: not the rule's business. */
export function statusOfReason(reason: FiringReason): 'sent' | 'skipped' | 'idle' {
  if (reason === 'sent') return 'sent'
  return idleReasons.includes(reason) ? 'idle' : 'skipped'
}

export interface Way {
  channelId: string
  to: { kind: string; value: string }
  identityId: string
  contactId: string
}

/** What a rule is told of one event, whether now or in a dry run. */
export interface Occasion {
  entryId: string
  channelId: string
  conversationId: string | null
  cardId: string
  occurredAt: Date
  receivedAt: Date
  isAutomatic: boolean
  isBackfill: boolean
  /** Campaign, UTM values, page: what a rule's source is looked for in. */
  sourceText: string
  /** The form itself, or an earlier one of this person. */
  hasConsent: boolean
  isOptedOut: boolean
  /** A person of ours has written to the client since. */
  isAnswered: boolean
  /** Who wrote, of those the channel knows. */
  sender: { kind: string; value: string } | null
  /** Values that the form itself named, preferred to older ones of the card. */
  named: string[]
  /** First open moment at or after it came; null: no business hours are set. */
  opensAt: Date | null
  /** The identities of the card that traffic goes to. */
  reach: { kind: string; value: string; identityId: string; contactId: string }[]
}

export interface History {
  /** When this rule last wrote to the client. */
  lastSentAt: Date | null
  /** Automatic messages to the client within a day, by any rule. */
  automatic: { channelId: string; to: string; at: Date }[]
}

/** A channel a rule may write by, as it stands now. */
export interface SendingChannel {
  id: string
  reaches: readonly string[]
  isReady: boolean
}

const hourMs = 3_600_000
/** An answer that comes too late surprises: nothing older is answered by itself. */
const longestAgeMs: Record<RuleTrigger, number> = { form: 24 * hourMs, closed: hourMs }
/** The loop breaker: machines that answer each other stop here, whatever the rules say. */
const mostToClientADay = 5
const mostToAddressAnHour = 2

export type Decision = { fires: true; way: Way } | { fires: false; reason: FiringReason }

/** Whether a rule answers an event, and how, or why not. Pure: `now` is the moment of deciding. */
export function decideFiring(rule: RuleFields, occasion: Occasion, history: History, channels: readonly SendingChannel[], now: Date): Decision {
  const reason = whyNot(rule, occasion, now) ?? whyNotThisClient(rule, occasion, history, now)
  if (reason) return { fires: false, reason }
  const way = rule.trigger === 'closed' ? wayBack(occasion, channels) : wayTo(rule, occasion, channels)
  if (typeof way === 'string') return { fires: false, reason: way }
  const toAddress = history.automatic.filter(
    (sent) => sent.channelId === way.channelId && sent.to === way.to.value && now.getTime() - sent.at.getTime() < hourMs,
  )
  return toAddress.length >= mostToAddressAnHour ? { fires: false, reason: 'too_many_to_address' } : { fires: true, way }
}

function whyNot(rule: RuleFields, occasion: Occasion, now: Date): FiringReason | undefined {
  if (rule.source !== '' && !occasion.sourceText.toLowerCase().includes(rule.source.toLowerCase())) return 'other_source'
  if (occasion.isAutomatic) return 'machine'
  if (occasion.isBackfill) return 'backfill'
  if (rule.trigger === 'closed') {
    if (occasion.opensAt === null) return 'hours_not_set'
    if (occasion.opensAt.getTime() <= occasion.receivedAt.getTime()) return 'inside_hours'
  }
  if (now.getTime() - Math.min(occasion.occurredAt.getTime(), occasion.receivedAt.getTime()) > longestAgeMs[rule.trigger]) return 'too_old'
  if (rule.trigger === 'closed' && occasion.opensAt && occasion.opensAt <= now) return 'open_again'
  return undefined
}

function whyNotThisClient(rule: RuleFields, occasion: Occasion, history: History, now: Date): FiringReason | undefined {
  if (rule.trigger === 'closed' && occasion.isAnswered) return 'answered'
  if (occasion.isOptedOut) return 'opted_out'
  if (rule.needsConsent && !occasion.hasConsent) return 'no_consent'
  const { lastSentAt } = history
  if (lastSentAt && (rule.periodHours === 0 || now.getTime() - lastSentAt.getTime() < rule.periodHours * hourMs)) return 'already_sent'
  return history.automatic.filter((sent) => now.getTime() - sent.at.getTime() < 24 * hourMs).length >= mostToClientADay
    ? 'too_many_to_client'
    : undefined
}

/** The way a message came is the way it is answered. */
function wayBack(occasion: Occasion, channels: readonly SendingChannel[]): Way | FiringReason {
  const channel = channels.find(({ id }) => id === occasion.channelId)
  const sender = occasion.sender
  const own = occasion.reach.find((one) => one.kind === sender?.kind && one.value === sender.value)
  if (!channel || !own || !channel.reaches.includes(own.kind)) return 'no_way'
  return channel.isReady ? asWay(channel, own) : 'channel_paused'
}

/** The first channel that reaches him; what the form itself named goes before what the card has besides. */
function wayTo(rule: RuleFields, occasion: Occasion, channels: readonly SendingChannel[]): Way | FiringReason {
  const found = rule.sendBy.flatMap((id) => {
    const channel = channels.find((one) => one.id === id)
    const reached = channel ? occasion.reach.filter((one) => channel.reaches.includes(one.kind)) : []
    const best = reached.find((one) => occasion.named.includes(one.value)) ?? reached[0]
    return channel && best ? [{ channel, best }] : []
  })
  const ready = found.find(({ channel }) => channel.isReady)
  if (ready) return asWay(ready.channel, ready.best)
  return found.length > 0 ? 'channel_paused' : 'no_way'
}

function asWay(channel: SendingChannel, { kind, value, identityId, contactId }: Occasion['reach'][number]): Way {
  return { channelId: channel.id, to: { kind, value }, identityId, contactId }
}
