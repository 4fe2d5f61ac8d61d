import type { Vault } from '../channels/vault.ts'
import type { Pool, Transaction } from '../database/pool.ts'
import { dropErased, erasedReason } from '../erasure/tombstone.ts'
import { readReplyToken } from '../messages/reply-token.ts'
import { confirmParts } from '../outbox/confirm-parts.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { noteOccasions } from '../rules/note-occasions.ts'
import { type FirmContext, keysOf, locksOf, type ReadingWithKeys } from './apply/keys.ts'
import { loadKnown } from './apply/load-known.ts'
import { lockNames } from './apply/lock.ts'
import { emptyPlan, type Outcome, type Plan } from './apply/plan.ts'
import { planEvent } from './apply/plan-event.ts'
import { writePlan } from './apply/write-plan.ts'
import type { DeliveryStatus } from './delivery.ts'
import { settleDeliveries } from './delivery-store.ts'
import type { Reading } from './read-events.ts'

export interface ApplyDeps {
  pool: Pool
  vault: Vault
  firm(): FirmContext
}

export interface ApplyOptions {
  /** No notification and no "new" for consoles: replays. */
  isSilent?: boolean
  /** What looks like spam is applied: a person released it. */
  isTrusted?: boolean
}

/**
 * Applies readings: lock, load, plan, write. All or nothing with the transaction; on failure the caller retries one by one.
 * Serialised by locks on identities and external ids, so any number of workers may run.
 */
export async function applyReadings(tx: Transaction, deps: ApplyDeps, given: Reading[], options: ApplyOptions = {}): Promise<void> {
  const firm = deps.firm()
  const givenWithKeys = withKeysOf(deps, given)
  const confirmed = await confirmShown(tx, givenWithKeys)
  const [, { readings, returned }, known] = await Promise.all([
    lockNames(tx, locksOf(givenWithKeys)),
    dropErased({ db: tx, vault: deps.vault }, given),
    loadKnown(tx, givenWithKeys),
  ])
  const withKeys = readings === given ? givenWithKeys : withKeysOf(deps, readings)
  const plan = emptyPlan()
  for (const entryId of confirmed) plan.changedEntries.add(entryId)
  for (const { reading, keys, tokens } of withKeys) {
    for (const [position, event] of reading.events.entries()) {
      const eventKeys = keys[position]
      if (eventKeys) planEvent({ known, plan, firm, reading, keys: eventKeys, tokens, position, isTrusted: options.isTrusted ?? false }, event)
    }
  }
  const news = await writePlan(tx, plan, { isSilent: options.isSilent ?? false })
  const settled = settledOf(withKeys, plan).map((one) => (returned.has(one.id) ? { ...one, reason: erasedReason } : one))
  await Promise.all([noteOccasions(tx, plan.entries, { isSilent: options.isSilent ?? false }), settleDeliveries(tx, settled, testsOf(settled, plan))])
  await appendLiveEvents(tx, [...news, { type: 'delivery.changed', payload: { deliveries: settled } }])
}

/** Vendors that show our own key of a message settle what was unclear about it, before anything else is read. Mostly there is none. */
async function confirmShown(tx: Transaction, readings: ReadingWithKeys[]): Promise<string[]> {
  const shown = readings.flatMap(({ reading }) =>
    reading.events.flatMap((event) => {
      const partId = event.type === 'message' || event.type === 'receipt' ? event.sentAs : undefined
      return partId !== undefined && 'externalId' in event ? [{ channelId: reading.channel.id, partId, externalId: event.externalId }] : []
    }),
  )
  if (shown.length === 0) return []
  await lockNames(tx, locksOf(readings))
  return await confirmParts(tx, shown)
}

/** Takes the locks that applying these will need: for who changes their entries first, in the same transaction. */
export async function lockReadings(tx: Transaction, deps: ApplyDeps, readings: Reading[]): Promise<void> {
  await lockNames(tx, locksOf(withKeysOf(deps, readings)))
}

function withKeysOf(deps: ApplyDeps, readings: Reading[]): ReadingWithKeys[] {
  const firm = deps.firm()
  return readings.map((reading) => ({
    reading,
    keys: reading.events.map((event) => keysOf(event, firm)),
    tokens: tokensOf(deps.vault, reading),
  }))
}

function settledOf(readings: ReadingWithKeys[], plan: Plan): { id: string; status: DeliveryStatus; reason: string | null }[] {
  const outcomes = Map.groupBy(plan.outcomes, (outcome) => outcome.deliveryId)
  return readings.map(({ reading }) => ({ id: reading.delivery.id, ...statusOf(outcomes.get(reading.delivery.id) ?? []) }))
}

/** A delivery is a test when nothing else is in it. */
function testsOf(settled: { id: string; status: DeliveryStatus }[], plan: Plan): ReadonlySet<string> {
  return new Set(settled.filter(({ id, status }) => status === 'ignored' && plan.tests.has(id)).map(({ id }) => id))
}

/** Some events parked: the delivery is parked. Nothing new in it: ignored. */
function statusOf(outcomes: Outcome[]): { status: DeliveryStatus; reason: string | null } {
  const parked = outcomes.find((outcome) => outcome.status === 'parked')
  if (parked) return { status: 'parked', reason: parked.reason }
  if (outcomes.length === 0) return { status: 'ignored', reason: 'nothing_new' }
  if (outcomes.every((outcome) => outcome.status === 'ignored')) return { status: 'ignored', reason: outcomes[0]?.reason ?? null }
  return { status: 'applied', reason: null }
}

function tokensOf(vault: Vault, reading: Reading): string[] {
  return reading.events.flatMap((event) => {
    if (event.type !== 'message' || event.conversation.by !== 'references') return []
    return event.conversation.tokens.flatMap((token) => readReplyToken(vault, token) ?? [])
  })
}
