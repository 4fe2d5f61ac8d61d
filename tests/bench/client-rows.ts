import type { Queryable } from '../../src/core/database/pool.ts'

/** Generated clients have phones of this form; the number is the client's own. */
export const phoneOfClient = (n: number) => `+7${String(9_000_000_000 + n)}`

/** A UUID that holds the number, so that rows find each other without a look-up. */
const id = (kind: string) => `(lpad(to_hex(n), 8, '0') || '-0000-7000-8000-${kind.padStart(12, '0')}')::uuid`

/** Of a generated client. */
export function clientRowId(kind: 'contact' | 'conversation', n: number): string {
  return `${n.toString(16).padStart(8, '0')}-0000-7000-8000-${(kind === 'contact' ? '1' : '4').padStart(12, '0')}`
}

const words = `(array['балкон', 'окна', 'доставка', 'счёт', 'замер', 'ремонт', 'гарантия', 'скидка', 'договор', 'монтаж'])`
const word = (step: number) => `${words}[1 + (n / ${step}) % 10]`

/**
 * Clients number `from` to `to` with a phone, a conversation, a lead, a delivery and `entries` messages each, written by SQL alone.
 * Their channel is `channelId`. Ends with ANALYZE.
 */
export async function generateClients(db: Queryable, channelId: string, from: number, to: number, entries = 2): Promise<void> {
  const at = `now() - (n % 500000) * interval '1 minute'`
  const series = `from generate_series(${from}, ${to}) n`
  const statements = [
    `insert into contacts (id, card_id, name, last_touch_at) select ${id('1')}, ${id('1')}, 'Клиент ' || ${word(1)} || ' ' || n, ${at} ${series}`,
    `insert into identities (id, kind, value) select ${id('2')}, 'phone', '+7' || (9000000000 + n) ${series}`,
    `insert into contact_identities (contact_id, identity_id, evidence, raw, owning) select ${id('1')}, ${id('2')}, 'attested', '', true ${series}`,
    `insert into leads (id, contact_id, status, topic, created_at) select ${id('3')}, ${id('1')}, case when n % 10 = 0 then 'new' else 'lost' end, ${word(1)}, ${at} ${series}`,
    `insert into conversations (id, contact_id, channel_id, medium, thread_key, state, waiting_since, last_entry_at)
       select ${id('4')}, ${id('1')}, '${channelId}', 'form', 'generated:' || n, case when n % 50 = 0 then 'open' else 'closed' end, case when n % 500 = 0 then ${at} end, ${at} ${series}`,
    `insert into deliveries (id, channel_id, dedupe_key, method, path, query, headers, body, size, sha256, status, received_at, applied_at)
       select ${id('5')}, '${channelId}', 'generated:' || n, 'POST', '', '', '{}', '{}', 2, '\\x00', 'applied', ${at}, ${at} ${series}`,
    `insert into entries (id, kind, medium, direction, channel_id, conversation_id, contact_id, event_key, occurred_at, received_at, sort_at, text)
       select (lpad(to_hex(n), 8, '0') || '-' || lpad(to_hex(k), 4, '0') || '-7000-8000-000000000006')::uuid, 'message', 'chat', 'inbound', '${channelId}', ${id('4')}, ${id('1')},
       'generated:' || n || ':' || k, ${at}, ${at}, ${at}, ${word(1)} || ' ' || ${word(10)} || ' ' || ${word(100)} || ' слово' || n ${series}, generate_series(1, ${entries}) k`,
  ]
  for (const statement of statements) await db.query(statement)
  await db.query('vacuum analyze')
}
