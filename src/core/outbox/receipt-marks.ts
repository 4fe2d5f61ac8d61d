import type { Queryable, Transaction } from '../database/pool.ts'

type Mark = 'delivered' | 'read'

/** Exchanges of a channel in which somebody takes part. */
export async function readConversationsWith(db: Queryable, channelId: string, { kind, value }: { kind: string; value: string }): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'conversations with a person',
    text: `select v.id from identities i join participants p on p.identity_id = i.id join conversations v on v.id = p.conversation_id and v.channel_id = $3
      where i.kind = $1 and i.value = $2 order by v.id`,
    values: [kind, value, channelId],
  })
  return rows.map(({ id }) => id)
}

/** Keeps that everything of ours there until a moment was delivered or read. Gives the entries that this changed; tells nobody. */
export async function markUntil(tx: Transaction, conversationIds: string[], status: Mark, until: Date): Promise<string[]> {
  const column = status === 'read' ? 'read_until' : 'delivered_until'
  await tx.query(`update conversations set ${column} = greatest(${column}, $2) where id = any($1::uuid[])`, [conversationIds, until])
  return await settleMarks(tx, conversationIds)
}

/** The same for everything up to a message that a vendor names, by the moment it was sent. */
export async function markUpTo(
  tx: Transaction,
  channelId: string,
  { externalId, status }: { externalId: string; status: string },
): Promise<string[]> {
  if (status !== 'delivered' && status !== 'read') return []
  const { rows } = await tx.query<{ conversationId: string; at: Date }>(
    `select e.conversation_id as "conversationId", coalesce(o.sent_at, e.occurred_at) as at
     from external_ids x join entries e on e.id = x.entry_id left join outbox o on o.id = x.part_id
     where x.channel_id = $1 and x.external_id = $2 and e.conversation_id is not null`,
    [channelId, externalId],
  )
  const [named] = rows
  return named ? await markUntil(tx, [named.conversationId], status, named.at) : []
}

/**
 * Brings what was sent in line with the marks of its conversation, in one statement: a part counts from when its call began, what was sent from the vendor's
 * own app from its time there. A vendor that counts in seconds means the end of one: rather
 * too late than too early. A message is read when all its parts are. Also for what becomes known after the mark.
 */
export async function settleMarks(tx: Transaction, conversationIds: string[]): Promise<string[]> {
  if (conversationIds.length === 0) return []
  const { rows } = await tx.query<{ id: string }>({
    name: 'settle receipt marks',
    text: `with ours as (
        select e.id, e.status, v.read_until, v.delivered_until,
          e.occurred_at + case when date_trunc('second', e.occurred_at) = e.occurred_at then interval '999 milliseconds' else interval '0' end as said_by
        from conversations v join entries e on e.conversation_id = v.id
        where v.id = any($1::uuid[]) and (v.read_until is not null or v.delivered_until is not null)
          and e.direction = 'outbound' and e.kind = 'message' and e.status in ('sending', 'sent', 'delivered')
        order by e.id for update of e),
      changed as (
        update outbox o set status = case when o.sent_at <= m.read_until then 'read' else 'delivered' end
        from ours m where o.entry_id = m.id
          and ((o.status in ('sent', 'delivered') and o.sent_at <= m.read_until) or (o.status = 'sent' and o.sent_at <= m.delivered_until))
        returning o.id, o.status),
      whole as (
        select o.entry_id as id, min(array_position($2, coalesce(c.status, o.status))) as rank
        from ours m join outbox o on o.entry_id = m.id left join changed c on c.id = o.id
        group by o.entry_id having bool_and(coalesce(c.status, o.status) = any($2))
        union all
        select m.id, case when m.said_by <= m.read_until then 3 when m.said_by <= m.delivered_until then 2 end
        from ours m where not exists (select from outbox o where o.entry_id = m.id))
      update entries e set status = ($2::text[])[whole.rank] from whole
      where e.id = whole.id and whole.rank > coalesce(array_position($2, e.status), 0) returning e.id`,
    values: [conversationIds, ['sent', 'delivered', 'read']],
  })
  return rows.map(({ id }) => id)
}
