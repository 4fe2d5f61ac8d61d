import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/core/database/id.ts'
import { replayDelivery } from '../../src/core/intake/replay-delivery.ts'
import { askReplay, cancelReplay, getReplay, listReplays } from '../../src/core/replays/ask-replay.ts'
import { readReplay } from '../../src/core/replays/replay-store.ts'
import { runReplay } from '../../src/core/replays/run-replays.ts'
import { admin as caller, operator } from '../support/cards.ts'
import { type IntakeHub, intakeHub } from '../support/intake-hub.ts'
import { silentLogger } from '../support/test-connector.ts'

let hub: IntakeHub
const noJobs = { add: async () => {} }
const run = (id: string, replay: (delivery: string) => ReturnType<typeof replayDelivery>) =>
  runReplay({ pool: hub.pool, logger: silentLogger, replay }, id)

beforeAll(async () => {
  hub = await intakeHub()
})
afterAll(() => hub.close())

/** Deliveries of one form each, the newest first. */
async function delivered(count: number): Promise<string[]> {
  const ids: string[] = []
  for (let number = 0; number < count; number++) {
    const key = newId()
    const from = { name: 'Анна', identities: [{ kind: 'phone', value: `+7927000${1000 + number}`, evidence: 'claimed' }] }
    await hub.deliver([{ type: 'form', key, from, topic: 'Балкон', text: '', fields: [] }], { dedupeKey: key })
    await hub.worker.drain()
    const { rows } = await hub.pool.query<{ id: string }>('select id from deliveries where dedupe_key = $1', [key])
    ids.unshift(...rows.map((row) => row.id))
  }
  return ids
}

describe('a replay of many', () => {
  const asked = async (count: number) => {
    const since = new Date(Date.now() - 1).toISOString()
    const ids = await delivered(count)
    const { id } = await askReplay({ pool: hub.pool, jobs: noJobs }, { from: since }, caller)
    return { id, ids }
  }

  it('goes on behind the last delivery that was done, whoever takes it up, and who was overtaken stops', async () => {
    const { id, ids } = await asked(5)
    const [first, second]: [string[], string[]] = [[], []]
    const replayInto = (done: string[]) => async (delivery: string) => {
      done.push(delivery)
      return await replayDelivery(hub, delivery)
    }
    await run(id, async (delivery) => {
      const result = await replayInto(first)(delivery)
      // Another worker takes it up while this one is at its third delivery.
      if (first.length === 3) await run(id, replayInto(second))
      return result
    })
    expect([first, second]).toEqual([ids.slice(0, 3), ids.slice(2)])
    expect(await readReplay(hub.pool, id)).toMatchObject({ status: 'done', total: 5, done: 5, failed: 0 })
  })

  it('stops at once when it is cancelled, and stays so', async () => {
    const { id, ids } = await asked(4)
    const done: string[] = []
    const replay = async (delivery: string) => {
      done.push(delivery)
      if (done.length === 2) await cancelReplay(hub, id, caller)
      return await replayDelivery(hub, delivery)
    }
    await run(id, replay)
    await run(id, replay)
    expect(done).toEqual(ids.slice(0, 2))
    expect(await readReplay(hub.pool, id)).toMatchObject({ status: 'cancelled', done: 1 })
    const { rows } = await hub.pool.query('select action from audit where subject = $1 order by at, id', [id])
    expect(rows).toEqual([{ action: 'delivery.window_replayed' }, { action: 'delivery.replay_cancelled' }])
  })

  it('passes over what cannot be replayed, and what ends the worker again and again', async () => {
    const { id, ids } = await asked(3)
    const dies = async () => {
      throw Object.assign(new Error('gone'), { code: 'ECONNRESET' })
    }
    for (let time = 0; time < 3; time++) await expect(run(id, dies)).rejects.toThrow('gone')
    const done: string[] = []
    const replay = async (delivery: string) => {
      done.push(delivery)
      if (done.length === 1) throw new Error('a bug')
      return await replayDelivery(hub, delivery)
    }
    await run(id, replay)
    expect(done).toEqual(ids.slice(1))
    const { status, failed, failures } = await readReplay(hub.pool, id)
    expect([status, failed]).toEqual(['done', 2])
    expect(failures).toEqual([
      { id: ids[0], reason: 'ends_worker' },
      { id: ids[1], reason: 'fault' },
    ])
  })

  it('chooses deliveries with the rights of who asked, and is told to nobody else who sees only some', async () => {
    const stranger = { actor: { ...operator(newId()).actor, role: 'integrator' as const } }
    const team = newId()
    await hub.pool.query(`insert into teams (id, name) values ($1, 'Theirs'), ($2, 'Ours')`, [team, hub.channelId])
    await hub.pool.query(`insert into users (id, name, email, updated_at) values ($1, 'I', 'i@example.com', now())`, [stranger.actor.id])
    await hub.pool.query('insert into team_members (team_id, user_id) values ($1, $2)', [team, stranger.actor.id])
    await hub.pool.query('update channels set team_id = id')
    const { id } = await askReplay({ pool: hub.pool, jobs: noJobs }, {}, stranger)
    await run(id, (delivery) => replayDelivery(hub, delivery))
    expect(await readReplay(hub.pool, id)).toMatchObject({ status: 'done', total: 0, done: 0 })
    expect((await listReplays(hub, stranger.actor)).items.map((one) => one.id)).toEqual([id])
    expect((await listReplays(hub, caller.actor)).items.length).toBeGreaterThan(1)
    const { id: his } = await askReplay({ pool: hub.pool, jobs: noJobs }, {}, caller)
    await expect(getReplay(hub, stranger.actor, his)).rejects.toMatchObject({ code: 'not_found' })
  })
})
