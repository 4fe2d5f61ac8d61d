import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { type HubProcess, makeChannel, makeConversation, openHubProcess } from '../../../tests/support/outbox.ts'
import { type Actor, systemActor } from '../access/actor.ts'
import { newId } from '../database/id.ts'
import { inTransaction } from '../database/pool.ts'
import { currentCursor, readLiveEvents } from '../realtime/read-live-events.ts'
import { announceEntry } from './announce-entry.ts'
import { composeMessage } from './compose-message.ts'
import { lockConversation } from './message-store.ts'
import { StaleReply } from './stale-reply.ts'
import { startConversation } from './start-conversation.ts'
import { writeNote } from './write-note.ts'

let database: TestDatabase
let hub: HubProcess
let channelId: string
const anna = user('Anna')
const boris = user('Boris')

function user(name: string): Actor {
  return { id: newId(), kind: 'user', role: 'operator', ownClientsOnly: false, name }
}

beforeAll(async () => {
  database = await testDatabase()
  hub = await openHubProcess(database.url)
  channelId = await makeChannel(hub, 'http://127.0.0.1:9')
})
afterAll(async () => {
  await hub.close()
  await database.close()
})

/** What the intake would write for a client's message. */
async function clientWrites(conversationId: string, fields: { backfill?: boolean; from?: string; text?: string } = {}): Promise<string> {
  const id = newId()
  await inTransaction(hub.pool, async (tx) => {
    await lockConversation(tx, conversationId)
    await tx.query(
      `insert into entries (id, kind, medium, direction, channel_id, conversation_id, external_id, text, extra, match, occurred_at, received_at, sort_at)
       values ($1, 'message', 'chat', 'inbound', $2, $3, $4, $5, $6, $7, now(), now(), now())`,
      [
        id,
        channelId,
        conversationId,
        `ext-${id}`,
        fields.text ?? 'hello?',
        JSON.stringify({ backfill: fields.backfill ?? false }),
        JSON.stringify({ reason: 'known_identity', evidence: 'attested', identity: { kind: 'test', value: fields.from ?? 'somebody' } }),
      ],
    )
    await announceEntry(tx, id, conversationId)
  })
  return id
}

const compose = (conversationId: string, more: object = {}) => composeMessage(hub, { conversationId, actor: anna, text: 'answer', ...more })

describe('writing a message', () => {
  it('answers whoever wrote last, ends the waiting, and tells it all in one transaction', async () => {
    const conversationId = await makeConversation(hub.pool, channelId, 'the-contact')
    const asked = await clientWrites(conversationId, { from: 'a-colleague-of-his' })
    const entry = await compose(conversationId, { replyToEntryId: asked })
    expect(entry).toMatchObject({
      kind: 'message',
      status: 'queued',
      to: 'a-colleague-of-his',
      authorId: anna.id,
      medium: 'chat',
      contactId: expect.any(String),
    })
    const parts = await hub.pool.query('select status, data, position from outbox where entry_id = $1', [entry.id])
    expect(parts.rows).toEqual([{ status: 'queued', position: 0, data: { to: 'a-colleague-of-his', text: 'answer', replyTo: `ext-${asked}` } }])
    const conversation = await hub.pool.query('select state, waiting_since from conversations where id = $1', [conversationId])
    expect(conversation.rows[0]).toEqual({ state: 'open', waiting_since: null })
    const events = await hub.pool.query('select distinct transaction_id from live_events where conversation_id = $1 and transaction_id > $2', [
      conversationId,
      await lastOf(asked),
    ])
    expect(events.rowCount).toBe(1)
  })

  it('says why a medium cannot carry it, and leaves nothing behind', async () => {
    const conversationId = await makeConversation(hub.pool, channelId)
    await expect(compose(conversationId, { text: 'refuse' })).rejects.toMatchObject({
      code: 'unsupported',
      detail: 'The window is closed.',
      members: { refused: 'window_closed' },
    })
    await expect(compose(conversationId, { text: ' ' })).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(compose(conversationId, { attachmentIds: [newId()] })).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(compose(newId())).rejects.toMatchObject({ code: 'not_found' })
    const { rowCount } = await hub.pool.query('select from entries where conversation_id = $1', [conversationId])
    expect(rowCount).toBe(0)
  })

  it('says so when there is no address to write to', async () => {
    const conversationId = await makeConversation(hub.pool, channelId)
    await hub.pool.query('delete from contact_identities where contact_id = (select contact_id from conversations where id = $1)', [conversationId])
    await expect(compose(conversationId)).rejects.toMatchObject({ code: 'no_way_back' })
  })

  it('gives simultaneous messages of one conversation an order that the timeline and the outbox share', async () => {
    const conversationId = await makeConversation(hub.pool, channelId)
    await Promise.all(Array.from({ length: 10 }, (_, index) => compose(conversationId, { text: `m${index}` })))
    const { rows } = await hub.pool.query(
      'select e.id, o.entry_id from entries e join outbox o on o.entry_id = e.id where e.conversation_id = $1 order by e.sort_at',
      [conversationId],
    )
    const ids = rows.map((row) => row.id)
    expect(ids).toHaveLength(10)
    expect(ids.toSorted((a: string, b: string) => a.localeCompare(b))).toEqual(ids)
  })

  it('writes notes that are not sent and do not end the waiting', async () => {
    const conversationId = await makeConversation(hub.pool, channelId)
    const note = await writeNote(hub, { conversationId, actor: anna, text: 'call him' })
    expect(note).toMatchObject({ kind: 'note', direction: 'internal', status: null, text: 'call him' })
    const { rows } = await hub.pool.query(
      'select waiting_since, (select count(*)::int from outbox where conversation_id = c.id) as parts from conversations c where id = $1',
      [conversationId],
    )
    expect(rows[0]).toMatchObject({ waiting_since: expect.any(Date), parts: 0 })
  })
})

/** The cursor of a console that has painted the entry: the stream shows it once no older transaction is open on the whole server. */
async function seen(entryId: string): Promise<string> {
  return vi.waitFor(async () => {
    const { items } = await readLiveEvents(hub.pool, { limit: 1_000 })
    const item = items.find((one) => one.subjectId === entryId)
    if (!item) throw new Error('not in the stream yet')
    return item.cursor
  }, 240_000)
}

async function lastOf(subjectId: string): Promise<string> {
  const { rows } = await hub.pool.query('select max(transaction_id) as id from live_events where subject_id = $1', [subjectId])
  return rows[0].id
}

describe('a reply written without having seen what is new', () => {
  it('is refused and shown it, and goes through once it was seen', async () => {
    const conversationId = await makeConversation(hub.pool, channelId)
    const lastSeenCursor = await seen(await clientWrites(conversationId))
    const fresh = await clientWrites(conversationId, { text: 'and another thing' })
    const error = await compose(conversationId, { lastSeenCursor }).catch((refusal: unknown) => refusal)
    expect(error).toBeInstanceOf(StaleReply)
    expect(error).toMatchObject({
      status: 409,
      code: 'stale_reply',
      unseen: [{ id: fresh, text: 'and another thing' }],
      members: { unseen: [{ id: fresh }] },
    })
    expect(await compose(conversationId, { lastSeenCursor: await seen(fresh) })).toMatchObject({ status: 'queued' })
  })

  it('is refused for a colleague’s reply or note, not for one’s own, nor for other conversations or old mail', async () => {
    const [conversationId, other] = [await makeConversation(hub.pool, channelId), await makeConversation(hub.pool, channelId)]
    const lastSeenCursor = await currentCursor(hub.pool)
    await clientWrites(other)
    await clientWrites(conversationId, { backfill: true })
    await compose(conversationId, { lastSeenCursor })
    await compose(conversationId, { lastSeenCursor })
    await writeNote(hub, { conversationId, actor: boris, text: 'I am on it' })
    await expect(compose(conversationId, { lastSeenCursor })).rejects.toMatchObject({ code: 'stale_reply', unseen: [{ kind: 'note' }] })
    await expect(compose(conversationId, { lastSeenCursor, actor: boris })).rejects.toMatchObject({ code: 'stale_reply' })
  })

  it('is refused even when the client’s message commits while the reply is being written', async () => {
    const conversationId = await makeConversation(hub.pool, channelId)
    const lastSeenCursor = await currentCursor(hub.pool)
    const replies = await Promise.allSettled([
      clientWrites(conversationId),
      compose(conversationId, { lastSeenCursor }),
      compose(conversationId, { lastSeenCursor, actor: boris }),
    ])
    const { rows } = await hub.pool.query(
      `select payload ->> 'direction' as direction, payload ->> 'authorId' as author from live_events where conversation_id = $1 and type = 'entry.created' order by transaction_id, id`,
      [conversationId],
    )
    const accepted = replies.slice(1).filter((reply) => reply.status === 'fulfilled').length
    expect(accepted).toBeLessThanOrEqual(1)
    expect(rows.filter((row) => row.direction === 'outbound')).toHaveLength(accepted)
  })

  it('is told when its cursor is too old or not of this stream', async () => {
    const conversationId = await makeConversation(hub.pool, channelId)
    await expect(compose(conversationId, { lastSeenCursor: 'nonsense' })).rejects.toMatchObject({ code: 'cursor_expired' })
    await expect(compose(conversationId, { lastSeenCursor: '999999999999.1', actor: systemActor })).rejects.toMatchObject({ code: 'cursor_expired' })
  })
})

describe('writing to a client by a channel of our choice', () => {
  const start = (contactId: string, more: object = {}) => startConversation(hub, { actor: anna, contactId, channelId, text: 'good day', ...more })
  const contactOf = async (conversationId: string) => {
    const { rows } = await hub.pool.query('select contact_id from conversations where id = $1', [conversationId])
    return rows[0].contact_id as string
  }

  it('joins the exchange there is, begins one with a subject, and ends the waiting in every medium', async () => {
    const conversationId = await makeConversation(hub.pool, channelId, 'reach-me')
    const contactId = await contactOf(conversationId)
    const other = await makeChannel(hub, 'http://127.0.0.1:9')
    expect(await start(contactId)).toMatchObject({ conversationId, to: 'reach-me', status: 'queued' })
    await hub.pool.query('update conversations set waiting_since = now() where id = $1', [conversationId])
    const elsewhere = await start(contactId, { channelId: other })
    expect(elsewhere).toMatchObject({ channelId: other, contactId, to: 'reach-me' })
    expect(await start(contactId, { channelId: other })).toMatchObject({ conversationId: elsewhere.conversationId })
    const thread = await start(contactId, { channelId: other, subject: 'Your order' })
    expect(thread.subject).toBe('Your order')
    expect(thread.conversationId).not.toBe(elsewhere.conversationId)
    const waiting = await hub.pool.query('select waiting_since from conversations where id = $1', [conversationId])
    expect(waiting.rows).toEqual([{ waiting_since: null }])
  })

  it('writes only to addresses of the client himself, those of merged cards included', async () => {
    const [first, second] = await Promise.all(['first-address', 'second-address'].map((value) => makeConversation(hub.pool, channelId, value)))
    const [into, from] = await Promise.all([contactOf(first ?? ''), contactOf(second ?? '')])
    const toSecond = { to: { kind: 'test', value: 'second-address' } }
    await expect(start(into, toSecond)).rejects.toMatchObject({ code: 'no_way_back' })
    await hub.pool.query('update contacts set merged_into_id = $1, card_id = $1 where id = $2', [into, from])
    expect(await start(into, toSecond)).toMatchObject({ to: 'second-address', contactId: from, cardId: into, conversationId: second })
  })
})
