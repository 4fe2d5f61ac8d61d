import type { Actor } from '../access/actor.ts'
import { visibleCard } from '../contacts/visible-contacts.ts'
import { newId } from '../database/id.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Touch, TouchExtra, TouchVersion } from './touch.ts'

export interface StoredTouch extends Touch {
  id: string
  contactId: string
  authorId: string | null
  extra: TouchExtra
}

/** Locked until the transaction ends. Throws `not_found` also for what the actor may not see and for what was undone. */
export async function lockTouch(tx: Transaction, actor: Actor, id: string): Promise<StoredTouch> {
  const { rows } = await tx.query<StoredTouch & { source: string | null }>(
    `select e.id, e.contact_id as "contactId", e.author_id as "authorId", e.medium, e.direction, e.occurred_at as at, e.text as note, e.extra,
       e.extra ->> 'disposition' as disposition, (e.extra ->> 'answered')::boolean as answered, coalesce(e.subject, '') as topic,
       coalesce(e.source ->> 'campaign', '') as source
     from entries e join contacts c on c.id = e.contact_id
     where e.id = $1 and e.kind = 'event' and e.extra ->> 'event' = 'touch' and e.deleted_at is null and ${visibleCard(actor, 'c.card_id')} for update of e`,
    [id],
  )
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such record by hand.')
  return found
}

/** Writes it, new or anew. */
export async function writeTouch(
  tx: Transaction,
  touch: Touch & { id: string; contactId: string; authorId: string | null; extra: TouchExtra },
): Promise<void> {
  const clean = (text: string) => text.replaceAll('\u0000', '')
  const source = touch.source === '' ? null : JSON.stringify({ campaign: clean(touch.source) })
  await tx.query(
    `insert into entries (id, kind, medium, direction, contact_id, author_id, occurred_at, received_at, sort_at, subject, text, source, extra)
     values ($1, 'event', $2, $3, $4, $5, $6, now(), $6, $7, $8, $9, $10)
     on conflict (id) do update set medium = excluded.medium, direction = excluded.direction, occurred_at = excluded.occurred_at, sort_at = excluded.sort_at,
       subject = excluded.subject, text = excluded.text, source = excluded.source, extra = excluded.extra`,
    [
      touch.id,
      touch.medium,
      touch.direction,
      touch.contactId,
      touch.authorId,
      touch.at,
      clean(touch.topic) || null,
      clean(touch.note),
      source,
      JSON.stringify(touch.extra),
    ],
  )
  await tx.query('update contacts set last_touch_at = greatest(last_touch_at, $2) where id = $1', [touch.contactId, touch.at])
}

/** What it was, before `by` changed it or took it back. */
export async function keepVersion(tx: Transaction, touch: StoredTouch, cause: TouchVersion['cause'], by: string | null): Promise<void> {
  const { medium, direction, at, note, disposition, answered, topic, source } = touch
  await tx.query('insert into entry_versions (id, entry_id, cause, content) values ($1, $2, $3, $4)', [
    newId(),
    touch.id,
    cause,
    JSON.stringify({ text: note, medium, direction, at, note, disposition, answered, topic, source, by }),
  ])
}

export async function markUndone(tx: Transaction, id: string): Promise<void> {
  await tx.query('update entries set deleted_at = now() where id = $1', [id])
}

export async function selectVersions(db: Queryable, id: string): Promise<TouchVersion[]> {
  const { rows } = await db.query<TouchVersion>(
    `select at, cause, content ->> 'by' as "userId", content from entry_versions where entry_id = $1 order by at desc, id desc limit 200`,
    [id],
  )
  return rows
}

/** Ends what the client waits for since before a moment, over all media of his card. Gives the waits it ended. */
export async function endEarlierWaiting(tx: Transaction, contactId: string, at: Date): Promise<{ id: string; waitingSince: string }[]> {
  const { rows } = await tx.query<{ id: string; waitingSince: Date }>(
    `update conversations v set waiting_since = null, snoozed_until = null, route_at = null, handled_at = greatest(coalesce(v.handled_at, '-infinity'), $2)
     from (select o.id, o.waiting_since from conversations o join contacts m on m.id = o.contact_id
       where o.waiting_since <= $2 and m.card_id = (select card_id from contacts where id = $1) order by o.id for update of o) before
     where v.id = before.id returning v.id, before.waiting_since as "waitingSince"`,
    [contactId, at],
  )
  return rows.map(({ id, waitingSince }) => ({ id, waitingSince: waitingSince.toISOString() }))
}

/** Puts back waits that a touch had ended, unless the client was answered since, or waits anew. Gives the ids. */
export async function bringWaitingBack(tx: Transaction, ended: TouchExtra['ended'], butBy: string): Promise<string[]> {
  if (ended.length === 0) return []
  const { rows } = await tx.query<{ id: string }>(
    `update conversations v set waiting_since = given."waitingSince", handled_at = null
     from jsonb_to_recordset($1::jsonb) as given(id uuid, "waitingSince" timestamptz)
     where v.id = given.id and v.waiting_since is null and v.state <> 'closed' and not exists (
       select from contacts m join entries e on e.contact_id = m.id
       where m.card_id = (select card_id from contacts where id = v.contact_id) and e.id <> $2 and e.sort_at >= given."waitingSince" and e.automatic is null
         and ((e.direction = 'outbound' and e.kind <> 'call' and e.deleted_at is null) or (e.kind = 'event' and e.extra ->> 'answered' = 'true' and e.deleted_at is null)
           or (e.kind = 'event' and e.extra ->> 'event' = 'waiting_ended')
           or exists (select from calls k where k.id = e.call_id and k.outcome = 'answered')))
     returning v.id`,
    [JSON.stringify(ended), butBy],
  )
  return rows.map(({ id }) => id)
}
