import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import type { Jobs } from '../jobs/queue.ts'
import { lockNames } from './apply/lock.ts'
import { joinPieces, type PartEvent } from './apply/parts.ts'
import { type ApplyDeps, applyReadings } from './apply-batch.ts'
import { readDelivery } from './delivery-store.ts'

/** How long the pieces of a long message wait for the missing ones, ms. */
const patienceMs = 2 * 60_000
const everyMs = 30_000
const mostAtOnce = 100

interface Deps extends ApplyDeps {
  channels: ChannelDirectory
}

interface Group {
  channelId: string
  name: string
}

/** Shows, in one process of all, what has waited too long for its missing pieces. */
export async function keepShowingIncomplete(deps: Deps & { jobs: Jobs }): Promise<void> {
  deps.jobs.define('incomplete-messages', async () => void (await showIncomplete(deps)))
  await deps.jobs.every('incomplete-messages', everyMs)
}

/**
 * Shows messages of which some piece did not come in time, with a mark in its place; what comes later is put in (`planPart`). Forgets the pieces a
 * day later. Gives how many messages were shown.
 */
export async function showIncomplete(deps: Deps, waitMs = patienceMs): Promise<number> {
  await deps.pool.query(`delete from waiting_events where waits_for like 'part:%' and event ? 'shownAs' and created_at < now() - interval '1 day'`)
  const { rows } = await deps.pool.query<Group>(
    `select channel_id as "channelId", waits_for as name from waiting_events where waits_for like 'part:%' group by 1, 2
     having max(created_at) < now() - $1 * interval '1 millisecond' and not bool_or(event ? 'shownAs') order by max(created_at) limit ${mostAtOnce}`,
    [waitMs],
  )
  for (const group of rows) await inRetriedTransaction(deps.pool, (tx) => showGroup(tx, deps, group))
  return rows.length
}

async function showGroup(tx: Transaction, deps: Deps, { channelId, name }: Group): Promise<void> {
  await lockNames(tx, [`external ${channelId} ${name}`])
  const { rows } = await tx.query<{ deliveryId: string; event: PartEvent }>(
    'select delivery_id as "deliveryId", event from waiting_events where channel_id = $1 and waits_for = $2',
    [channelId, name],
  )
  if (rows.length === 0) return
  const message = joinPieces(rows.map(({ event }) => event))
  const channel = deps.channels.byId(channelId)
  const first = rows.find(({ event }) => event.key === message.key)
  const delivery = first && (await readDelivery(tx, first.deliveryId))
  if (!channel || !delivery) {
    // Nobody will ever show it: forgotten with the other pieces, a day later.
    await markShown(tx, { channelId, name }, '')
    return
  }
  await tx.query(`delete from delivery_events where channel_id = $1 and key = $2 and status = 'waiting'`, [channelId, message.key])
  await applyReadings(tx, deps, [{ delivery, channel, events: [message] }])
  await markShown(tx, { channelId, name }, message.externalId)
  await tx.query(
    `update delivery_events piece set status = shown.status, reason = 'some of its parts did not come', entry_id = shown.entry_id from delivery_events shown
     where shown.channel_id = $1 and shown.key = $2 and piece.channel_id = $1 and piece.key = any($3::text[]) and piece.status = 'waiting'`,
    [channelId, message.key, rows.map(({ event }) => event.key)],
  )
}

async function markShown(tx: Transaction, { channelId, name }: Group, externalId: string): Promise<void> {
  await tx.query(`update waiting_events set event = event || jsonb_build_object('shownAs', $3::text) where channel_id = $1 and waits_for = $2`, [
    channelId,
    name,
    externalId,
  ])
}
