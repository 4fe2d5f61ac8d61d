import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowOf } from '../../src/connectors/asterisk/cdr-rows.ts'
import { asterisk } from '../../src/connectors/asterisk/connector.ts'
import { emptyDatabase } from '../support/database.ts'
import { type FakeAsterisk, fakeAsterisk } from '../support/fake-asterisk/fake-asterisk.ts'
import { type Hearing, hearAsterisk } from '../support/fake-asterisk/hear-asterisk.ts'
import { hasMariadb, startMariadb } from '../support/mariadb.ts'

const client = '79990001122'
const did = '74950000000'
const columns = asterisk.settings.parse({ host: 'h', username: 'u', secret: 's' }).cdrColumns.split(',')
let fake: FakeAsterisk
let heard: Hearing

beforeAll(async () => {
  fake = await fakeAsterisk()
  heard = await hearAsterisk(fake)
})
afterAll(async () => {
  await heard.close()
  await fake.close()
})

/** What the simulator wrote into its CDR while nobody listened: a call of a minute, and one in vain. */
async function away(): Promise<Record<string, string | undefined>[]> {
  fake.refuseConnections(true)
  fake.drop()
  await expect.poll(() => fake.listeners(), { timeout: 60_000 }).toBe(0)
  const { pbx } = fake
  const began = Date.now() - 600_000
  const before = pbx.cdr.length
  pbx.now = () => began
  const caller = pbx.incoming(client, did, `O'Brien "the \\ client"`)
  const phone = pbx.dial(caller, 'PJSIP/101')
  pbx.now = () => began + 10_000
  pbx.answer(phone)
  pbx.now = () => began + 70_000
  pbx.hangUpAll(caller)
  pbx.hangUpAll(pbx.incoming('79990003344', did))
  pbx.now = Date.now
  return pbx.cdr.slice(before).map((line) => rowOf(line, columns))
}

async function ask(more: object): Promise<void> {
  const channel = { ...heard.channel, settings: asterisk.settings.parse({ ...heard.channel.settings, ...more }) }
  await asterisk.history?.({ from: new Date(Date.now() - 3_600_000), to: new Date() }, channel, heard.hub)
}

const literal = (text: string | undefined) => `'${(text ?? '').replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
const told = [
  expect.objectContaining({ state: 'ended', outcome: 'answered', answeredBy: '101', talkSeconds: 60, direction: 'inbound', from: client }),
  expect.objectContaining({ state: 'ended', outcome: 'missed', direction: 'inbound', from: '79990003344', dialled: `+${did}` }),
]

describe('the cdr table', () => {
  test('of PostgreSQL, as cdr_adaptive_odbc fills it, in a schema and by the clock of Asterisk', async () => {
    const database = await emptyDatabase()
    const db = new pg.Client({ connectionString: database.url })
    await db.connect()
    try {
      await db.query(
        `create schema pbx; create table pbx.calls (${columns.map((name) => `"${name}" ${/^(start|answer|end)$/.test(name) ? 'timestamp' : 'text'}`).join(', ')})`,
      )
      for (const row of await away()) {
        const local = (text: string | undefined) =>
          text ? new Date(Date.parse(`${text.replace(' ', 'T')}Z`) + 3 * 3_600_000).toISOString().replace('Z', '') : null
        const values = columns.map((name) => (/^(start|answer|end)$/.test(name) ? local(row[name]) : row[name]))
        await db.query(`insert into pbx.calls values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`, values)
      }
      await db.query(`insert into pbx.calls ("start", "end", uniqueid) values ('2020-01-01', '2020-01-01', 'long ago')`)
      await ask({ cdrDatabase: database.url, cdrTable: 'pbx.calls', timeZone: 'Europe/Moscow' })
      expect(await heard.calls()).toEqual(told)
      await expect(ask({ cdrDatabase: database.url, cdrTable: 'pbx.nothing' })).rejects.toMatchObject({ code: 'rejected' })
      await expect(ask({ cdrDatabase: 'postgresql://nobody:wrong@127.0.0.1:1/none' })).rejects.toMatchObject({ code: 'temporary' })
    } finally {
      await db.end()
      await database.drop()
    }
  })

  test.skipIf(!hasMariadb())('of MariaDB, as FreePBX fills it: with calldate, duration and billsec alone', async () => {
    const maria = await startMariadb()
    try {
      const own = [
        'calldate',
        'clid',
        'src',
        'dst',
        'dcontext',
        'channel',
        'dstchannel',
        'lastapp',
        'lastdata',
        'duration',
        'billsec',
        'disposition',
        'uniqueid',
        'did',
        'recordingfile',
        'linkedid',
      ] as const
      const kinds: Record<string, string> = { calldate: 'datetime', duration: 'int', billsec: 'int' }
      await maria.run(`create table cdr (${own.map((name) => `${name} ${kinds[name] ?? 'varchar(80)'} not null`).join(', ')})`)
      for (const row of await away()) {
        const values = {
          ...row,
          calldate: row.start,
          did,
          recordingfile: row.disposition === 'ANSWERED' ? 'in-call.wav' : '',
          linkedid: row.uniqueid,
        }
        await maria.run(`insert into cdr values (${own.map((name) => literal(values[name as keyof typeof values])).join(', ')})`)
      }
      heard.deliveries.length = 0
      await ask({ cdrDatabase: maria.url })
      expect(await heard.calls()).toEqual(told)
      const recordings = (await heard.events()).filter((event) => event.type === 'recording')
      expect(recordings).toMatchObject([
        { state: 'available', recordingId: 'in-call.wav', ref: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/in-call\.wav$/) },
      ])
      await expect(ask({ cdrDatabase: maria.url.replace('cdr-secret', 'wrong') })).rejects.toMatchObject({ code: 'auth_failed' })
      await expect(ask({ cdrDatabase: maria.url, cdrTable: 'nothing' })).rejects.toMatchObject({ code: 'rejected' })
    } finally {
      await maria.close()
    }
  })
})
