import type { Localised } from '../connector/manifest.ts'
import type { Transaction } from '../database/pool.ts'
import { entryStatusOf, isNews, type PartError, type PartState, type PartStatus } from './outbox.ts'
import { lockEntry, readPartStates, writeEntryStatus } from './outbox-store.ts'
import { waitAgain } from './wait-again.ts'

interface Said {
  externalId: string
  status: Extract<PartStatus, 'sent' | 'delivered' | 'read' | 'failed'>
  error?: string | undefined
  words?: Localised | undefined
}

interface Named {
  entryId: string
  partId: string | null
  conversationId: string | null
  direction: string | null
}

/**
 * Writes what a vendor says of something we sent. `waiting`: nothing is known by that id yet; `ignored`: it is not ours, or nothing new.
 * Never goes backwards. Who was not reached after all waits again. Tells nobody of the message: the caller does.
 */
export async function applyReceipt(tx: Transaction, channelId: string, said: Said): Promise<'applied' | 'waiting' | 'ignored'> {
  const { externalId, status } = said
  const { rows } = await tx.query<Named>({
    name: 'entry of receipt',
    text: `select x.entry_id as "entryId", x.part_id as "partId", e.conversation_id as "conversationId", e.direction from external_ids x join entries e on e.id = x.entry_id
      where x.channel_id = $1 and x.external_id = $2`,
    values: [channelId, externalId],
  })
  const [named] = rows
  if (!named) return 'waiting'
  if (named.direction !== 'outbound') return 'ignored'
  await lockEntry(tx, named.entryId)
  const error = status === 'failed' ? failureOf(said) : null
  if (!named.partId) return applyToEcho(tx, named, { status, error })
  const part = await tx.query<{ status: PartStatus }>('select status from outbox where id = $1', [named.partId])
  const known = part.rows[0]?.status
  if (!known || !isNews(known, status)) return 'ignored'
  await tx.query('update outbox set status = $2, error = $3 where id = $1', [named.partId, status, error === null ? null : JSON.stringify(error)])
  await settle(tx, named, entryStatusOf(await readPartStates(tx, named.entryId)))
  return 'applied'
}

const notDelivered = { en: 'The vendor says that it was not delivered.', ru: 'Сервис сообщает, что сообщение не доставлено.' }

function failureOf({ error, words }: Said): PartError {
  const message = (words?.en ?? error ?? notDelivered.en).replaceAll('\u0000', '')
  const told = words ?? (error === undefined ? notDelivered : undefined)
  return { code: 'rejected', message, ...(told && { words: told }) }
}

/** What was sent from the vendor's own app has no outbox rows: its entry bears the status itself. */
async function applyToEcho(tx: Transaction, named: Named, said: PartState): Promise<'applied' | 'ignored'> {
  const { rows } = await tx.query<{ status: PartStatus | null }>('select status from entries where id = $1', [named.entryId])
  if (!isNews(rows[0]?.status ?? 'sent', said.status)) return 'ignored'
  await settle(tx, named, said)
  return 'applied'
}

async function settle(tx: Transaction, { entryId, conversationId }: Named, state: PartState): Promise<void> {
  const isChanged = await writeEntryStatus(tx, entryId, state)
  if (isChanged && state.status === 'failed') await waitAgain(tx, conversationId)
}
