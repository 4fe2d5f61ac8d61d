import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addChannel, addContact, addConversation, addUser, admin } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { newId } from '../database/id.ts'
import { choosePresence, loseAbsent, seeUsers } from './follow-presence.ts'
import { noteLook } from './routing-store.ts'
import type { RoutingRule } from './rule.ts'
import { saveRule } from './save-rule.ts'
import { passOnUnread, returnFromAbsent, shareWaiting } from './share-waiting.ts'
import { sweepRouting } from './start-routing.ts'

let db: TestDatabase
let channelId: string
let teamId: string
let people: string[]

beforeEach(async () => {
  db = await testDatabase()
  channelId = await addChannel(db.pool)
  teamId = newId()
  await db.pool.query('insert into teams (id, name) values ($1, $2)', [teamId, 'Sales'])
  people = []
  for (const [position, name] of ['Anna', 'Boris', 'Vera'].entries()) {
    const id = await addUser(db.pool, name)
    await db.pool.query('insert into team_members (team_id, user_id, position) values ($1, $2, $3)', [teamId, id, position])
    people.push(id)
  }
})
afterEach(() => db.close())

const inOrder = (names: (string | null)[]) => names.map(String).toSorted((a, b) => (a < b ? -1 : 1))
const rule = (value: RoutingRule) => saveRule(db, { scope: 'team', subjectId: teamId, rule: value }, admin)
const person = (index: number): string => people[index] ?? ''
const arrive = (...indexes: number[]) => seeUsers(db, indexes.map(person))

/** A client who begins to wait, as applying leaves him. */
async function client(changes: { ownerId?: string; minutesAgo?: number } = {}): Promise<string> {
  const contactId = await addContact(db.pool, 'Client')
  if (changes.ownerId) await db.pool.query('update contacts set owner_id = $2 where id = $1', [contactId, changes.ownerId])
  const waitingSince = new Date(Date.now() - (changes.minutesAgo ?? 1) * 60_000)
  const id = await addConversation(db.pool, { contactId, channelId, waitingSince, teamId })
  await db.pool.query('update conversations set route_at = now() where id = $1', [id])
  return id
}

async function holders(...ids: string[]): Promise<(string | null)[]> {
  const { rows } = await db.pool.query<{ id: string; name: string | null }>(
    'select v.id, u.name from conversations v left join users u on u.id = v.assignee_id where v.id = any($1::uuid[])',
    [ids],
  )
  return ids.map((id) => rows.find((row) => row.id === id)?.name ?? null)
}

const ago = (column: string, id: string, minutes: number) =>
  db.pool.query(`update conversations set ${column} = now() - make_interval(mins => $2) where id = $1`, [id, minutes])
const lose = async (index: number, minutes: number) => {
  await db.pool.query(
    `update presence set state = 'away', seen_at = now() - make_interval(mins => $2), since = now() - make_interval(mins => $2) where user_id = $1`,
    [person(index), minutes],
  )
}

describe('who waits is shared out', () => {
  test('evenly among those who are there', async () => {
    await rule({ sharing: 'least_loaded' })
    await arrive(0, 1, 2)
    await choosePresence(db, person(2), 'busy')
    const clients = [await client(), await client(), await client(), await client()]
    expect(await shareWaiting(db)).toBe(4)
    expect(inOrder(await holders(...clients))).toEqual(['Anna', 'Anna', 'Boris', 'Boris'])
  })

  test('each in turn, over several looks', async () => {
    await rule({ sharing: 'round_robin' })
    await arrive(0, 1, 2)
    const given: (string | null)[] = []
    for (let number = 0; number < 4; number++) {
      const id = await client()
      await shareWaiting(db)
      given.push(...(await holders(id)))
    }
    expect(inOrder(given.slice(0, 3))).toEqual(['Anna', 'Boris', 'Vera'])
    expect(given[3]).toBe(given[0])
  })

  test('in the order of the list, to the owner first, and to everyone at once', async () => {
    await rule({ sharing: 'in_order' })
    await arrive(1, 2)
    const [first, owned] = [await client(), await client({ ownerId: person(2) })]
    await shareWaiting(db)
    expect(await holders(first, owned)).toEqual(['Boris', 'Vera'])
    await rule({ sharing: 'everyone', ownerFirst: false })
    const offered = await client({ ownerId: person(2) })
    await shareWaiting(db)
    expect(await holders(offered)).toEqual([null])
    const { rows } = await db.pool.query(`select payload from live_events where type = 'conversation.offered' and conversation_id = $1`, [offered])
    expect(rows).toMatchObject([{ payload: { isGiven: false } }])
    expect(inOrder(rows[0].payload.userIds)).toEqual(inOrder([person(1), person(2)]))
  })

  test('when somebody comes, and not before; two processes give nobody twice', async () => {
    await rule({ sharing: 'least_loaded' })
    const id = await client()
    expect(await shareWaiting(db)).toBe(0)
    await arrive(1)
    await Promise.all([shareWaiting(db), shareWaiting(db), shareWaiting(db)])
    expect(await holders(id)).toEqual(['Boris'])
    const { rows } = await db.pool.query(`select extra from entries where conversation_id = $1 and kind = 'event'`, [id])
    expect(rows).toMatchObject([{ extra: { event: 'assigned', reason: 'rule', toUserId: person(1) } }])
  })

  test('by the rule of the channel before that of the team and the firm', async () => {
    await saveRule(db, { scope: 'firm', subjectId: null, rule: { sharing: 'in_order' } }, admin)
    await arrive(0, 1, 2)
    const byFirm = await client()
    await shareWaiting(db)
    await saveRule(db, { scope: 'channel', subjectId: channelId, rule: { sharing: 'nobody' } }, admin)
    const byChannel = await client()
    await shareWaiting(db)
    expect(await holders(byFirm, byChannel)).toEqual(['Anna', null])
  })
})

describe('nothing stays with who is away', () => {
  test('it goes back and on to who is there, after the minutes of the rule', async () => {
    await rule({ sharing: 'in_order', absentMinutes: 10 })
    await arrive(0, 1)
    const id = await client({ minutesAgo: 30 })
    await shareWaiting(db)
    expect(await holders(id)).toEqual(['Anna'])
    await ago('assigned_at', id, 25)
    await lose(0, 9)
    expect(await returnFromAbsent(db)).toBe(0)
    await lose(0, 11)
    expect(await returnFromAbsent(db)).toBe(1)
    await shareWaiting(db)
    expect(await holders(id)).toEqual(['Boris'])
    const { rows } = await db.pool.query(
      `select extra ->> 'reason' as reason from entries where conversation_id = $1 and kind = 'event' order by id`,
      [id],
    )
    expect(rows.map((row) => row.reason)).toEqual(['rule', 'absent', 'rule'])
  })

  test('closed hours are no absence', async () => {
    const never = { timeZone: 'Europe/Moscow', week: [[], [], [], [], [], [], []], holidays: [] }
    await rule({ hours: never, absentMinutes: 10 })
    const id = await client({ minutesAgo: 600 })
    await db.pool.query('update conversations set assignee_id = $2 where id = $1', [id, person(0)])
    expect(await returnFromAbsent(db)).toBe(0)
    await rule({ absentMinutes: 10 })
    expect(await returnFromAbsent(db)).toBe(1)
  })

  test('who does not look at what he was given loses it to the next one; who looked keeps it', async () => {
    await rule({ sharing: 'in_order', unreadMinutes: 5 })
    await arrive(0, 1)
    const [unread, read] = [await client({ minutesAgo: 30 }), await client({ minutesAgo: 30 })]
    await shareWaiting(db)
    await noteLook(db.pool, read, person(0))
    for (const id of [unread, read]) await ago('assigned_at', id, 6)
    expect(await passOnUnread(db)).toBe(1)
    expect(await holders(unread, read)).toEqual(['Boris', 'Anna'])
  })

  test('with nobody else there it stays where it is', async () => {
    await rule({ sharing: 'in_order', unreadMinutes: 5 })
    await arrive(0)
    const id = await client({ minutesAgo: 30 })
    await shareWaiting(db)
    await ago('assigned_at', id, 6)
    expect(await passOnUnread(db)).toBe(0)
    expect(await holders(id)).toEqual(['Anna'])
  })
})

describe('presence', () => {
  const states = async () => {
    const { rows } = await db.pool.query<{ name: string; state: string }>(
      'select u.name, p.state from presence p join users u on u.id = p.user_id order by u.name',
    )
    return rows.map((row) => `${row.name} ${row.state}`)
  }

  test('is lost only after the grace, comes back with what was chosen, and consoles hear each change once', async () => {
    await arrive(0, 1)
    await choosePresence(db, person(1), 'busy')
    expect(await loseAbsent(db)).toBe(0)
    await db.pool.query(`update presence set seen_at = now() - interval '50 seconds'`)
    expect(await loseAbsent(db)).toBe(2)
    expect(await loseAbsent(db)).toBe(0)
    expect(await states()).toEqual(['Anna away', 'Boris away'])
    await arrive(0, 1)
    await arrive(0, 1)
    expect(await states()).toEqual(['Anna available', 'Boris busy'])
    const { rows } = await db.pool.query(
      `select payload ->> 'state' as state from live_events where type = 'presence.changed' and subject_id = $1 order by id`,
      [person(1)],
    )
    expect(rows.map((row) => row.state)).toEqual(['available', 'busy', 'away', 'busy'])
  })
})

describe('a client who is snoozed', () => {
  test('comes back when his time is there, waits since then if he did not, and is shared out', async () => {
    await rule({ sharing: 'in_order' })
    await arrive(0)
    const id = await client()
    const contactId = await addContact(db.pool, 'Quiet')
    const quiet = await addConversation(db.pool, { contactId, channelId, teamId })
    await db.pool.query(`update conversations set snoozed_until = now() + interval '1 hour'`)
    await sweepRouting(db)
    expect(await holders(id, quiet)).toEqual([null, null])
    await db.pool.query(`update conversations set snoozed_until = now() - interval '1 second'`)
    await sweepRouting(db)
    expect(await holders(id, quiet)).toEqual(['Anna', 'Anna'])
    const { rows } = await db.pool.query('select count(*)::int as left from conversations where snoozed_until is not null or waiting_since is null')
    expect(rows).toEqual([{ left: 0 }])
  })
})
