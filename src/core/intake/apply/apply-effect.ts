import { z } from 'zod'
import type { Party } from '../../connector/identity.ts'
import { notePictures } from '../../contacts/picture-store.ts'
import { newId } from '../../database/id.ts'
import type { Transaction } from '../../database/pool.ts'
import { applyReceipt } from '../../outbox/apply-receipt.ts'
import { markUntil, markUpTo, readConversationsWith } from '../../outbox/receipt-marks.ts'
import { isLater, type Moment } from './later.ts'
import type { EffectEvent } from './plan.ts'

export interface Effect {
  status: 'applied' | 'ignored' | 'waiting'
  reason: string | null
  entryId: string | null
  /** Further entries that it changed. */
  others?: string[]
}

/** Entries that are no longer as consoles know them. */
export function changedBy({ status, entryId, others = [] }: Effect): string[] {
  return status === 'applied' && entryId !== null ? [entryId, ...others] : []
}

interface Target {
  id: string
  text: string
  html: string | null
  extra: Record<string, unknown> | null
  deleted_at: Date | null
}

/** Who said what with a reaction, and when. */
const reactions = z.record(z.string(), z.object({ at: z.string().default(''), key: z.string().default('') }))

/** Changes the message or the card an event speaks of; `waiting` when it has not come yet. Former content is kept as a version. */
export async function applyEffect(tx: Transaction, channelId: string, event: EffectEvent): Promise<Effect> {
  if (event.type === 'receipts') return await applyReceipts(tx, channelId, event)
  if (event.type === 'identity') return await nameOwner(tx, channelId, event.from)
  const { rows } = await tx.query<Target>({
    name: 'effect target',
    text: `select e.id, e.text, e.html, e.extra, e.deleted_at from external_ids x join entries e on e.id = x.entry_id
      where x.channel_id = $1 and x.external_id = $2 for update of e`,
    values: [channelId, event.externalId],
  })
  const target = rows[0]
  if (!target) return { status: 'waiting', reason: 'its message has not come yet', entryId: null }
  switch (event.type) {
    case 'receipt': {
      const outcome = await applyReceipt(tx, channelId, event)
      const others = event.upTo ? await markUpTo(tx, channelId, event) : []
      const status = others.length > 0 ? 'applied' : outcome
      return { status, reason: status === 'ignored' ? 'no_news' : null, entryId: target.id, others }
    }
    case 'message.edited':
      return await editMessage(tx, target, event)
    case 'message.deleted':
      return await deleteMessage(tx, target, event.occurredAt)
    case 'reaction':
      return await react(tx, target, event)
  }
}

/** A mark "until a moment": of whoever takes part in an exchange on this channel. */
async function applyReceipts(tx: Transaction, channelId: string, event: Extract<EffectEvent, { type: 'receipts' }>): Promise<Effect> {
  const [person] = event.from.identities
  const conversations = person ? await readConversationsWith(tx, channelId, person) : []
  if (conversations.length === 0) return { status: 'waiting', reason: 'its conversation has not come yet', entryId: null }
  const others = await markUntil(tx, conversations, event.status, new Date(event.until))
  return { status: others.length > 0 ? 'applied' : 'ignored', reason: others.length > 0 ? null : 'no_news', entryId: others[0] ?? null, others }
}

/** A name that came before its person's first message: for a card that nobody has named. */
async function nameOwner(tx: Transaction, channelId: string, { identities, name, username, language, picture }: Party): Promise<Effect> {
  const [person] = identities
  const { rows } = await tx.query<{ contactId: string }>({
    name: 'name owner',
    text: `update contacts c set name = case when c.name = '' then $3 else c.name end, language = coalesce(c.language, $4) from identities i join contact_identities ci on ci.identity_id = i.id and ci.owning
      where i.kind = $1 and i.value = $2 and c.id = ci.contact_id returning c.id as "contactId"`,
    values: [person?.kind, person?.value, (name ?? username ?? '').slice(0, 300), language ?? null],
  })
  const [owner] = rows
  if (!owner) return { status: 'waiting', reason: 'who is named has not written yet', entryId: null }
  if (picture) await notePictures(tx, [{ ...owner, channelId, ref: picture.slice(0, 4000) }])
  return { status: 'applied', reason: null, entryId: null }
}

async function editMessage(tx: Transaction, target: Target, event: Extract<EffectEvent, { type: 'message.edited' }>): Promise<Effect> {
  const edited = momentOf(event)
  const html = event.html ?? null
  const isLatest = isLater(edited, { at: textOf(target.extra?.editedAt), key: textOf(target.extra?.editedBy) })
  const isSame = event.text === target.text && html === target.html
  if (isLatest) await noteEdit(tx, target.id, edited)
  if (!isLatest || isSame) {
    await keepVersion(tx, target.id, 'edit', { text: event.text, html, occurredAt: edited.at, superseded: true })
    return { status: 'ignored', reason: isSame ? 'same_text' : 'older_edit', entryId: target.id }
  }
  await keepVersion(tx, target.id, 'edit', { text: target.text, html: target.html })
  await tx.query('update entries set text = $2, html = $3 where id = $1', [target.id, event.text, html])
  return { status: 'applied', reason: null, entryId: target.id }
}

/** An edit back to the same words still is the latest: an older one that comes after it must not win. */
async function noteEdit(tx: Transaction, entryId: string, { at, key }: Moment): Promise<void> {
  await tx.query(`update entries set extra = coalesce(extra, '{}') || jsonb_build_object('editedAt', $2::text, 'editedBy', $3::text) where id = $1`, [
    entryId,
    at,
    key,
  ])
}

function momentOf(event: EffectEvent): Moment {
  return { at: event.occurredAt ?? '', key: event.key }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

async function deleteMessage(tx: Transaction, target: Target, occurredAt: string | undefined): Promise<Effect> {
  if (target.deleted_at !== null) return { status: 'ignored', reason: 'deleted_before', entryId: target.id }
  await keepVersion(tx, target.id, 'delete', { text: target.text, html: target.html })
  await tx.query('update entries set deleted_at = coalesce($2::timestamptz, now()) where id = $1', [target.id, occurredAt ?? null])
  return { status: 'applied', reason: null, entryId: target.id }
}

async function react(tx: Transaction, target: Target, event: Extract<EffectEvent, { type: 'reaction' }>): Promise<Effect> {
  const who = event.from.identities[0]?.value ?? event.from.name ?? ''
  const reacted = momentOf(event)
  const before = reactions.catch({}).parse(target.extra?.reactions)[who]
  if (before && !isLater(reacted, before)) return { status: 'ignored', reason: 'older_reaction', entryId: target.id }
  await tx.query(
    `update entries set extra = jsonb_set(coalesce(extra, '{}'), '{reactions}', coalesce(extra -> 'reactions', '{}') || jsonb_build_object($2::text, $3::jsonb)) where id = $1`,
    [target.id, who, JSON.stringify({ emoji: event.emoji, ...reacted })],
  )
  return { status: 'applied', reason: null, entryId: target.id }
}

async function keepVersion(tx: Transaction, entryId: string, cause: string, content: object): Promise<void> {
  await tx.query('insert into entry_versions (id, entry_id, cause, content) values ($1, $2, $3, $4)', [
    newId(),
    entryId,
    cause,
    JSON.stringify(content),
  ])
}
