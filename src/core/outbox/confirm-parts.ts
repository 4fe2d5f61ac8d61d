import type { Transaction } from '../database/pool.ts'
import { entryStatusOf } from './outbox.ts'
import { hastenConversation, lockEntry, readPartStates, writeEntryStatus } from './outbox-store.ts'

/** A vendor showed our own key of a part beside its own id of it: it has it, whatever became of its answer. */
export interface ShownPart {
  channelId: string
  /** What `send` was given as `idempotencyKey`. */
  partId: string
  externalId: string
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Makes the ids known, and `sent` what was unclear or still under way. Gives the messages that this changed; tells nobody. */
export async function confirmParts(tx: Transaction, shown: ShownPart[]): Promise<string[]> {
  const changed: string[] = []
  for (const one of shown) {
    const entryId = uuid.test(one.partId) ? await confirm(tx, one) : undefined
    if (entryId !== undefined) changed.push(entryId)
  }
  return changed
}

async function confirm(tx: Transaction, { channelId, partId, externalId }: ShownPart): Promise<string | undefined> {
  const { rows } = await tx.query<{ entryId: string; conversationId: string }>(
    'select entry_id as "entryId", conversation_id as "conversationId" from outbox where id = $1 and channel_id = $2',
    [partId, channelId],
  )
  const [part] = rows
  if (!part) return undefined
  await lockEntry(tx, part.entryId)
  await tx.query('insert into external_ids (channel_id, external_id, entry_id, part_id) values ($1, $2, $3, $4) on conflict do nothing', [
    channelId,
    externalId,
    part.entryId,
    partId,
  ])
  await tx.query('update entries set external_id = coalesce(external_id, $2) where id = $1', [part.entryId, externalId])
  const updated = await tx.query(
    `update outbox set status = 'sent', error = null, external_id = coalesce(external_id, $2), sent_at = coalesce(sending_since, clock_timestamp()),
       sending_since = null, sending_by = null
     where id = $1 and status in ('sending', 'unconfirmed')`,
    [partId, externalId],
  )
  if (updated.rowCount === 0) return undefined
  await hastenConversation(tx, part.conversationId)
  await writeEntryStatus(tx, part.entryId, entryStatusOf(await readPartStates(tx, part.entryId)))
  return part.entryId
}
