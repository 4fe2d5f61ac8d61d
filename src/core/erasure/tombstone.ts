import type { Vault } from '../channels/vault.ts'
import type { Queryable } from '../database/pool.ts'
import type { Reading, StoredEvent } from '../intake/read-events.ts'

/** Of a delivery that brought events of somebody who was erased: its raw body is still to be rid of them. */
export const erasedReason = 'erased'

/** Under this name an erased event, or the vendor's id of an erased message, is known again. Keyed: nobody can guess what it was. */
export function tombstoneOf(vault: Vault, kind: 'event' | 'external', channelId: string, key: string): string {
  return vault.mac('erased', `${kind} ${channelId} ${key}`)
}

function namesOf(vault: Vault, channelId: string, event: { key: string; externalId?: string }): string[] {
  const names = [tombstoneOf(vault, 'event', channelId, event.key)]
  if (event.externalId !== undefined) names.push(tombstoneOf(vault, 'external', channelId, event.externalId))
  return names
}

/** Which of these events of a channel were erased, by their keys. */
export async function findErased(
  deps: { db: Queryable; vault: Vault },
  channelId: string,
  events: readonly (Pick<StoredEvent, 'key'> & { externalId?: string })[],
): Promise<ReadonlySet<string>> {
  const named = events.map((event) => ({ event, names: namesOf(deps.vault, channelId, event) }))
  const erased = await readHashes(
    deps.db,
    named.flatMap(({ names }) => names),
  )
  return new Set(named.filter(({ names }) => names.some((name) => erased.has(name))).map(({ event }) => event.key))
}

async function readHashes(db: Queryable, names: string[]): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ hash: string }>({
    name: 'erased keys',
    text: 'select hash from erased_keys where hash = any($1::text[])',
    values: [names],
  })
  return new Set(rows.map((row) => row.hash))
}

/** Readings without the events of people who were erased; `returned` are the deliveries that brought some. */
export async function dropErased(
  deps: { db: Queryable; vault: Vault },
  readings: Reading[],
): Promise<{ readings: Reading[]; returned: ReadonlySet<string> }> {
  const named = readings.map((reading) => reading.events.map((event) => ({ event, names: namesOf(deps.vault, reading.channel.id, event) })))
  const erased = await readHashes(
    deps.db,
    named.flatMap((events) => events.flatMap(({ names }) => names)),
  )
  const returned = new Set<string>()
  if (erased.size === 0) return { readings, returned }
  const left = readings.map((reading, index) => {
    const events = (named[index] ?? []).filter(({ names }) => !names.some((name) => erased.has(name))).map(({ event }) => event)
    if (events.length < reading.events.length) returned.add(reading.delivery.id)
    return { ...reading, events }
  })
  return { readings: left, returned }
}
