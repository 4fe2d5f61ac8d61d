import { type Actor, systemActor } from '../../src/core/access/actor.ts'
import type { Caller } from '../../src/core/access/audit.ts'
import { newId } from '../../src/core/database/id.ts'
import type { Pool } from '../../src/core/database/pool.ts'

export const admin: Caller = { actor: { ...systemActor, id: newId(), kind: 'api_key', name: 'Admin' } }

export function operator(id: string, changes: Partial<Actor> = {}): Caller {
  return { actor: { id, kind: 'user', role: 'operator', ownClientsOnly: false, name: 'Operator', ...changes } }
}

export async function addUser(pool: Pool, name = 'Operator'): Promise<string> {
  const id = newId()
  await pool.query('insert into users (id, name, email, updated_at) values ($1, $2, $3, now())', [id, name, `${id}@example.com`])
  return id
}

export async function addChannel(pool: Pool): Promise<string> {
  const id = newId()
  await pool.query(`insert into channels (id, key, connector, media, name, settings) values ($1, $2, 'test', '{chat}', 'Test', '{}')`, [id, id])
  return id
}

/** A card with identities it owns, as matching would make it. */
export async function addContact(pool: Pool, name: string, identities: { kind: string; value: string }[] = []): Promise<string> {
  const id = newId()
  await pool.query('insert into contacts (id, card_id, name) values ($1, $1, $2)', [id, name])
  for (const { kind, value } of identities) {
    const { rows } = await pool.query<{ id: string }>('insert into identities (id, kind, value) values ($1, $2, $3) returning id', [
      newId(),
      kind,
      value,
    ])
    await pool.query(`insert into contact_identities (contact_id, identity_id, evidence, raw, owning) values ($1, $2, 'attested', $3, true)`, [
      id,
      rows[0]?.id,
      value,
    ])
  }
  return id
}

export interface EntrySeed {
  contactId: string
  at?: Date
  conversationId?: string
  channelId?: string
  text?: string
  subject?: string
  kind?: string
  medium?: string
  html?: string
  direction?: string
  match?: object
  extra?: object
}

export async function addEntry(pool: Pool, seed: EntrySeed): Promise<string> {
  const id = newId()
  await pool.query(
    `insert into entries (id, contact_id, conversation_id, channel_id, kind, medium, direction, text, subject, html, match, extra, occurred_at, received_at, sort_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $13)`,
    [
      id,
      seed.contactId,
      seed.conversationId ?? null,
      seed.channelId ?? null,
      seed.kind ?? 'message',
      seed.medium ?? 'chat',
      seed.direction ?? 'inbound',
      seed.text ?? '',
      seed.subject ?? null,
      seed.html ?? null,
      seed.match ?? null,
      seed.extra ?? null,
      seed.at ?? new Date(),
    ],
  )
  return id
}

export async function addConversation(
  pool: Pool,
  seed: { contactId: string; channelId: string; threadKey?: string; medium?: string; waitingSince?: Date; teamId?: string },
): Promise<string> {
  const id = newId()
  await pool.query(
    `insert into conversations (id, contact_id, channel_id, medium, thread_key, waiting_since, team_id, last_entry_at) values ($1, $2, $3, $4, $5, $6, $7, now())`,
    [id, seed.contactId, seed.channelId, seed.medium ?? 'chat', seed.threadKey ?? `thread:${id}`, seed.waitingSince ?? null, seed.teamId ?? null],
  )
  return id
}

/** Many entries at once, a second apart, the last at `until`. */
export async function addManyEntries(pool: Pool, contactId: string, count: number, until: Date): Promise<void> {
  await pool.query(
    `insert into entries (id, contact_id, kind, medium, direction, text, occurred_at, received_at, sort_at)
     select gen_random_uuid(), $1, 'message', 'chat', 'inbound', 'text ' || n, at, at, at
     from generate_series(1, $2) n, lateral (select $3::timestamptz - ($2 - n) * interval '1 second' as at) t`,
    [contactId, count, until],
  )
}
