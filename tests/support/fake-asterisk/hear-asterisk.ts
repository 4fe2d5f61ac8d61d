import { expect } from 'vitest'
import { asterisk } from '../../../src/connectors/asterisk/connector.ts'
import { openSession, type Timing } from '../../../src/connectors/asterisk/session.ts'
import type { DerivedCall } from '../../../src/core/calls/call.ts'
import { deriveCall } from '../../../src/core/calls/derive-call.ts'
import type { Session } from '../../../src/core/connector/connector.ts'
import type { RawDelivery } from '../../../src/core/connector/delivery.ts'
import type { CallEvent, InboundEvent } from '../../../src/core/connector/event.ts'
import type { Channel, ChannelHealth, Hub } from '../../../src/core/connector/hub.ts'
import type { FakeAsterisk } from './fake-asterisk.ts'

type Settings = ReturnType<typeof asterisk.settings.parse>

/** A connector that listens to a simulated Asterisk, and what it makes of it, without a database. */
export interface Hearing {
  channel: Channel<Settings>
  hub: Hub
  deliveries: RawDelivery[]
  reports: ChannelHealth[]
  /** While it is set, nothing can be stored. */
  fail(isFailing: boolean): void
  events(): Promise<InboundEvent[]>
  /** The calls that these events add up to, in the order they began; joined where the events say so. */
  calls(): Promise<DerivedCall[]>
  /** Waits until the only call is as told. */
  call(expected: Partial<DerivedCall>): Promise<DerivedCall>
  /** Another session on the same state, as after a restart. */
  reopen(): Promise<void>
  close(): Promise<void>
}

const timing: Timing = { firstWaitMs: 20, longestWaitMs: 100, pingEveryMs: 20_000, answerMs: 15_000 }

export async function hearAsterisk(fake: FakeAsterisk, more: object = {}, times: Timing = timing): Promise<Hearing> {
  const settings = asterisk.settings.parse({ ...fake.settings, international: true, ...more })
  const channel = { id: '01900000-0000-7000-8000-000000000000', key: 'k', settings, hookUrl: 'http://hub.example' }
  const deliveries: RawDelivery[] = []
  const reports: ChannelHealth[] = []
  const state = new Map<string, string>()
  let isFailing = false
  const ignore = () => undefined
  const hub: Hub = {
    async deliver(raw, options) {
      if (isFailing) throw new Error('nothing can be stored')
      deliveries.push(raw)
      if (options?.cursor) state.set(options.cursor.name, options.cursor.value)
    },
    report: (health) => void reports.push(health),
    state: { get: async (name) => state.get(name), set: async (name, value) => void state.set(name, value) },
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    clock: { now: () => new Date() },
    fetch: (url, { untrusted: _untrusted, timeoutMs: _timeoutMs, ...init } = {}) => fetch(url, init),
  }
  let session: Session = openSession(channel, hub, times)

  async function events(): Promise<InboundEvent[]> {
    const read = await Promise.all(deliveries.map(async (raw) => asterisk.normalise({ ...raw, receivedAt: new Date() }, settings)))
    return read.flat()
  }

  async function calls(): Promise<DerivedCall[]> {
    return callsOf((await events()).filter((event) => event.type === 'call'))
  }

  return {
    channel,
    hub,
    deliveries,
    reports,
    fail: (now) => {
      isFailing = now
    },
    events,
    calls,
    async call(expected) {
      await expect.poll(calls, { timeout: 60_000 }).toEqual([expect.objectContaining(expected)])
      const [only] = await calls()
      if (!only) throw new Error('there is no call')
      return only
    },
    async reopen() {
      await session.close()
      session = openSession(channel, hub, times)
    },
    close: () => session.close(),
  }
}

/** Groups events by their calls, follows links, and keeps the first of equal keys, as the hub does. */
function callsOf(events: CallEvent[]): DerivedCall[] {
  const aliases = new Map(events.flatMap((event) => (event.otherCallId === undefined ? [] : [[event.otherCallId, event.callId] as const])))
  const nameOf = (id: string): string => {
    const next = aliases.get(id)
    return next === undefined ? id : nameOf(next)
  }
  const first = [...new Map(events.toReversed().map((event) => [event.key, event])).values()]
  const groups = Map.groupBy(first, (event) => nameOf(event.callId))
  const calls = [...groups.values()].map((group) =>
    deriveCall(group.map(({ type: _type, occurredAt, ...fact }) => ({ ...fact, at: occurredAt ?? new Date().toISOString() }))),
  )
  return calls.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
}
