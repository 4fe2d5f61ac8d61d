import type { Transaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { presentEntries } from '../timeline/present-entry.ts'
import type { ClaimedPart } from './outbox.ts'

/**
 * The vendor may echo our own message before it answers our call (a Sent folder, a bot's own updates): the echo then stands on the
 * timeline by the id that the call returns a moment later. Its ids and its event become the message's, the copy goes.
 */
export async function absorbEchoes(tx: Transaction, part: ClaimedPart, takenIds: string[]): Promise<void> {
  if (takenIds.length === 0) return
  const { rows } = await tx.query<{ id: string }>(
    `select distinct e.id from external_ids x join entries e on e.id = x.entry_id
     where x.channel_id = $1 and x.external_id = any($2) and e.id <> $3 and e.direction = 'outbound' and e.author_id is null and e.delivery_id is not null`,
    [part.channelId, takenIds, part.entryId],
  )
  for (const { id } of rows) await absorb(tx, part, id)
}

async function absorb(tx: Transaction, part: ClaimedPart, echoId: string): Promise<void> {
  const [view] = await presentEntries(tx, [echoId])
  await tx.query('update external_ids set entry_id = $2, part_id = $3 where entry_id = $1', [echoId, part.entryId, part.id])
  await tx.query('update delivery_events set entry_id = $2 where entry_id = $1', [echoId, part.entryId])
  await tx.query('delete from attachments where entry_id = $1', [echoId])
  await tx.query('delete from entries where id = $1', [echoId])
  if (!view) return
  await appendLiveEvents(tx, [
    {
      type: 'entry.changed',
      contactId: view.contactId,
      conversationId: view.conversationId,
      channelId: view.channelId,
      subjectId: echoId,
      payload: { ...view, text: '', deletedAt: new Date().toISOString() },
    },
  ])
}
