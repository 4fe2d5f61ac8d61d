import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { silentLogger, testConnector } from '../../../tests/support/test-connector.ts'
import { systemActor } from '../access/actor.ts'
import type { Connector } from '../connector/connector.ts'
import { newId } from '../database/id.ts'
import type { ChannelDeps } from './change-channel.ts'
import { maskedSecret } from './channel.ts'
import { openChannelDirectory } from './channel-directory.ts'
import { checkChannel } from './check-channel.ts'
import { createChannel } from './create-channel.ts'
import { deleteChannel } from './delete-channel.ts'
import { createHubs } from './hub.ts'
import { getChannel, listChannels } from './list-channels.ts'
import { pauseChannel } from './pause-channel.ts'
import { resumeChannel } from './resume-channel.ts'
import { keepSessions } from './sessions.ts'
import { testChannel } from './test-channel.ts'
import { updateChannel } from './update-channel.ts'
import { createVault } from './vault.ts'

const by = { actor: systemActor }
let database: TestDatabase
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  for (const close of closing) await close()
  await database.close()
})

/** As one process sees it. */
async function openProcess(connectors: Connector[] = [testConnector()]): Promise<ChannelDeps> {
  const vault = createVault(Buffer.alloc(32, 1))
  const directory = await openChannelDirectory({ pool: database.pool, databaseUrl: database.url, logger: silentLogger, vault, connectors })
  closing.push(() => directory.close())
  return { pool: database.pool, vault, connectors, directory, publicUrl: 'http://hub.test/' }
}

describe('channels', () => {
  it('shows no hook where none would be answered', async () => {
    const { manifest } = testConnector()
    const here = await openProcess([testConnector({ manifest: { ...manifest, transport: ['session'] } })])
    const made = await createChannel(here, { ...by, connector: 'test', name: 'Mailbox', settings: { token: 'top-secret' } })
    expect(made.hookUrl).toBeNull()
    await deleteChannel(here, { ...by, id: made.id })
  })

  it('answers at its hook as soon as it is made, in other processes too', async () => {
    const [here, there] = [await openProcess(), await openProcess()]
    const made = await createChannel(here, { ...by, connector: 'test', name: 'Bot', settings: { token: 'top-secret' } })
    expect(made).toMatchObject({
      connector: 'test',
      media: ['chat'],
      name: 'Bot',
      state: 'waiting',
      hookUrl: `http://hub.test/hooks/test/${made.key}`,
    })
    expect(made.key).toMatch(/^[A-Za-z0-9]{24}$/)
    expect(here.directory.byKey('test', made.key)?.settings).toMatchObject({ token: 'top-secret', baseUrl: 'http://127.0.0.1:9' })
    await vi.waitFor(() => expect(there.directory.byKey('test', made.key)?.id).toBe(made.id), 60_000)
    expect(await there.directory.find('test', 'nonsense')).toBeUndefined()
  })

  it('keeps secrets sealed at rest and masked outside, and an update with the mask keeps them', async () => {
    const deps = await openProcess()
    const made = await createChannel(deps, { ...by, connector: 'test', name: 'Bot', settings: { token: 'very-secret', unknown: 'very-secret' } })
    const { rows } = await database.pool.query(
      'select c::text, (select json_agg(l)::text from live_events l), (select json_agg(a)::text from audit a) from channels c',
    )
    expect(JSON.stringify(rows)).not.toContain('very-secret')
    expect(made.settings).toEqual({ token: maskedSecret })
    const updated = await updateChannel(deps, { ...by, id: made.id, settings: { token: maskedSecret, note: 'new' } })
    expect(updated.settings).toEqual({ token: maskedSecret, note: 'new' })
    expect(deps.directory.byId(made.id)?.settings).toMatchObject({ token: 'very-secret', note: 'new' })
    await updateChannel(deps, { ...by, id: made.id, settings: { token: 'other-secret', note: null } })
    expect(deps.directory.byId(made.id)?.settings).toEqual({ token: 'other-secret', baseUrl: 'http://127.0.0.1:9' })
  })

  it('refuses settings that do not fit, naming the field and no value', async () => {
    const deps = await openProcess()
    const refused = createChannel(deps, { ...by, connector: 'test', name: 'x', settings: { token: 'abc' } })
    await expect(refused).rejects.toMatchObject({ code: 'invalid_settings', members: { issues: [{ path: 'token' }] } })
    await expect(createChannel(deps, { ...by, connector: 'nope', name: 'x', settings: {} })).rejects.toMatchObject({ code: 'unknown_connector' })
    await expect(updateChannel(deps, { ...by, id: newId(), name: 'x' })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('keeps working when one stored channel no longer fits or no longer opens', async () => {
    const deps = await openProcess()
    const [bad, sealed, good] = [newId(), newId(), newId()]
    const insert = `insert into channels (id, key, connector, media, name, settings) values ($1::uuid, $1::uuid::text, 'test', '{chat}', 'x', $2)`
    await database.pool.query(insert, [bad, JSON.stringify({ baseUrl: 5 })])
    await database.pool.query(insert, [sealed, JSON.stringify({ token: createVault(Buffer.alloc(32, 2)).seal('xxxx') })])
    await database.pool.query(insert, [good, JSON.stringify({ token: deps.vault.seal('good') })])
    await deps.directory.refresh()
    expect(deps.directory.byId(bad)?.settingsFault).toContain('baseUrl')
    expect(deps.directory.byId(sealed)?.settingsFault).toContain('another secret key')
    expect(deps.directory.byId(good)?.settingsFault).toBeUndefined()
    expect((await listChannels(deps)).map((one) => one.id)).toEqual(expect.arrayContaining([bad, sealed, good]))
  })

  it('releases what was held when a pause ends, and forgets a deleted channel', async () => {
    const deps = { ...(await openProcess()), wakeApplying: vi.fn() }
    const made = await createChannel(deps, { ...by, connector: 'test', name: 'Bot', settings: { token: 'token' } })
    expect(await pauseChannel(deps, { ...by, id: made.id })).toMatchObject({ state: 'paused' })
    await database.pool.query(
      `insert into deliveries (id, channel_id, dedupe_key, method, path, query, headers, size, sha256, status, received_at) values ($1, $2, 'k', 'POST', '', '', '{}', 0, '', 'held', now())`,
      [newId(), made.id],
    )
    expect(await resumeChannel(deps, { ...by, id: made.id })).toMatchObject({ state: 'waiting', pausedAt: null })
    const { rows } = await database.pool.query('select status from deliveries where channel_id = $1', [made.id])
    expect(rows).toEqual([{ status: 'received' }])
    expect(deps.wakeApplying).toHaveBeenCalledOnce()
    await deleteChannel(deps, { ...by, id: made.id })
    expect(deps.directory.byKey('test', made.key)).toBeUndefined()
    await expect(getChannel(deps, made.id)).rejects.toMatchObject({ code: 'not_found' })
    const audit = await database.pool.query('select action from audit where subject = $1 order by at, id', [made.id])
    expect(audit.rows.map((row) => row.action)).toEqual(['channel.created', 'channel.paused', 'channel.resumed', 'channel.deleted'])
  })

  it('checks settings before they are saved, with the stored secret behind the mask', async () => {
    const deps = { ...(await openProcess()), logger: silentLogger }
    expect(await checkChannel(deps, { connector: 'test', settings: { token: 'wrong' } })).toEqual({
      ok: false,
      code: 'auth_failed',
      message: 'bad token',
    })
    const made = await createChannel(deps, { ...by, connector: 'test', name: 'Bot', settings: { token: 'wrong' } })
    expect(await checkChannel(deps, { connector: 'test', settings: { token: maskedSecret }, channelId: made.id })).toMatchObject({ ok: false })
    const hubOf = createHubs({ ...deps, deliver: async () => {} })
    await testChannel({ ...deps, hubOf }, made.id)
    expect(await getChannel(deps, made.id)).toMatchObject({ state: 'attention', stateDetail: { en: 'bad token' } })
  })
})

describe('hub', () => {
  it('keeps state sealed, reports only changes, and logs no secret', async () => {
    const lines: string[] = []
    const log = (fields: object, text: string) => void lines.push(JSON.stringify([fields, text]))
    const logger = { debug: log, info: log, warn: log, error: log }
    const deps = await openProcess()
    const made = await createChannel(deps, { ...by, connector: 'test', name: 'Bot', settings: { token: 'tok/en secret' } })
    const hub = createHubs({ ...deps, logger, deliver: async () => {} })(made.id)
    await hub.state.set('cursor', '42')
    expect(await hub.state.get('cursor')).toBe('42')
    expect(await hub.state.get('other')).toBeUndefined()
    await expect(hub.state.set('big', 'x'.repeat(70_000))).rejects.toThrow('64 kB')
    const stored = await database.pool.query('select value from channel_state where channel_id = $1', [made.id])
    expect(stored.rows[0].value).not.toContain('42')
    const before = await countLive(made.id)
    for (const state of ['ok', 'ok', 'retrying', 'ok'] as const) hub.report({ state })
    await vi.waitFor(async () => expect(await countLive(made.id)).toBe(before + 3), 60_000)
    expect(await getChannel(deps, made.id)).toMatchObject({ state: 'ok' })
    hub.logger.warn({ url: `https://x/bottok%2Fen%20secret/me`, error: new Error('tok/en secret'), key: made.key }, 'with tok/en secret')
    expect(lines.join()).not.toMatch(/tok\/en secret|tok%2Fen/)
    expect(lines.join()).not.toContain(made.key)
    expect(lines.join()).toContain(made.id)
  })
})

async function countLive(channelId: string): Promise<number> {
  const { rows } = await database.pool.query(`select count(*)::int as count from live_events where channel_id = $1`, [channelId])
  return rows[0].count
}

describe('sessions', () => {
  it('opens each channel in one process only, reopens on new settings, closes on pause, and moves to another process', async () => {
    const session = { close: async () => {} }
    const open = [vi.fn(() => session), vi.fn(() => session)] as const
    const processes = [await openProcess([testConnector({ open: open[0] })]), await openProcess([testConnector({ open: open[1] })])] as const
    const made = await createChannel(processes[0], { ...by, connector: 'test', name: 'Bot', settings: { token: 'session' } })
    const keepers = processes.map((deps) => {
      const hubOf = createHubs({ ...deps, logger: silentLogger, deliver: async () => {} })
      return keepSessions({ ...deps, hubOf, logger: silentLogger }, { renewEveryMs: 200 })
    }) as [ReturnType<typeof keepSessions>, ReturnType<typeof keepSessions>]
    const holders = () => keepers.filter((keeper) => keeper.open().includes(made.id))
    await vi.waitFor(() => expect(holders()).toHaveLength(1), 60_000)
    await new Promise((done) => setTimeout(done, 500))
    expect(holders()).toHaveLength(1)
    const opens = () =>
      open.reduce((sum, one) => sum + one.mock.calls.filter(([channel]: unknown[]) => (channel as { id: string }).id === made.id).length, 0)
    expect(opens()).toBe(1)
    await updateChannel(processes[0], { ...by, id: made.id, settings: { note: 'changed' } })
    await vi.waitFor(() => expect(opens()).toBe(2), 60_000)
    await pauseChannel(processes[1], { ...by, id: made.id })
    await vi.waitFor(() => expect(holders()).toHaveLength(0), 60_000)
    await resumeChannel({ ...processes[1], wakeApplying: () => {} }, { ...by, id: made.id })
    await vi.waitFor(() => expect(holders()).toHaveLength(1), 60_000)
    const first = holders()[0]
    await first?.close()
    await vi.waitFor(() => expect(holders()).toHaveLength(1), 60_000)
    expect(holders()[0]).not.toBe(first)
    await holders()[0]?.close()
  })

  it('leaves a channel alone while another process holds its lease, and takes it when the lease runs out', async () => {
    const open = vi.fn(() => ({ close: async () => {} }))
    const deps = await openProcess([testConnector({ open })])
    const made = await createChannel(deps, { ...by, connector: 'test', name: 'Bot', settings: { token: 'leased' } })
    await database.pool.query(
      `update channels set lease_owner = 'a dead process', lease_until = clock_timestamp() + interval '1 hour' where id = $1`,
      [made.id],
    )
    const hubOf = createHubs({ ...deps, logger: silentLogger, deliver: async () => {} })
    const keeper = keepSessions({ ...deps, hubOf, logger: silentLogger }, { renewEveryMs: 100 })
    await new Promise((done) => setTimeout(done, 400))
    expect(keeper.open()).not.toContain(made.id)
    await database.pool.query('update channels set lease_until = clock_timestamp() where id = $1', [made.id])
    await vi.waitFor(() => expect(keeper.open()).toContain(made.id), 60_000)
    await keeper.close()
  })

  it('tries again, later each time, when a connector throws while opening', async () => {
    let tries = 0
    const open = () => {
      if (++tries === 1) throw new Error('a mistake in the connector')
      return { close: async () => {} }
    }
    const deps = await openProcess([testConnector({ open })])
    await database.pool.query('update channels set paused_at = now()')
    const made = await createChannel(deps, { ...by, connector: 'test', name: 'Bot', settings: { token: 'throws' } })
    const hubOf = createHubs({ ...deps, logger: silentLogger, deliver: async () => {} })
    const keeper = keepSessions({ ...deps, hubOf, logger: silentLogger }, { renewEveryMs: 100 })
    await vi.waitFor(async () => expect(await getChannel(deps, made.id)).toMatchObject({ state: 'retrying' }), 60_000)
    await vi.waitFor(() => expect(keeper.open()).toContain(made.id), 60_000)
    expect(tries).toBe(2)
    await keeper.close()
  })
})
