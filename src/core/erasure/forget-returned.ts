import { createHash } from 'node:crypto'
import type { LoadedChannel } from '../channels/channel.ts'
import { inTransaction, type Transaction } from '../database/pool.ts'
import { readDelivery } from '../intake/delivery-store.ts'
import { readContents } from '../intake/read-events.ts'
import type { EraseDeps } from './erase-person.ts'
import { onlyUnnamed } from './erasure-store.ts'
import { personalData } from './personal-data.ts'
import { listReturned, noteForgotten } from './raw-store.ts'
import { redactBody } from './redact-delivery.ts'
import { findErased } from './tombstone.ts'

/** What came again of people who were erased left no entry; here its raw bytes go too, and the files that were in them. */
export async function forgetReturned(deps: EraseDeps): Promise<number> {
  const ids = await listReturned(deps.pool)
  for (const id of ids) {
    const files = await inTransaction(deps.pool, (tx) => forgetOne(deps, tx, id))
    for (const file of files) await deps.files.remove(file)
  }
  return ids.length
}

async function forgetOne(deps: EraseDeps, tx: Transaction, id: string): Promise<string[]> {
  const delivery = await readDelivery(tx, id)
  const channel = delivery && deps.channels.byId(delivery.channelId)
  if (!delivery) return []
  const body = delivery.bodyFile === null ? delivery.raw.body : await deps.files.read(delivery.bodyFile)
  const read = async (bytes: Uint8Array) => {
    if (!channel) return []
    const events = await readContents(deps.files, { ...delivery, bodyFile: null, raw: { ...delivery.raw, body: Buffer.from(bytes) } }, channel)
    const erased = await findErased({ db: tx, vault: deps.vault }, channel.id, events)
    return events.map((event) => ({ key: event.key, isHis: erased.has(event.key) }))
  }
  // Ignored: what it brings of others is known from another delivery.
  const isShared = delivery.status !== 'ignored' && (await read(body)).some((event) => !event.isHis)
  const left = (isShared ? await redactBody({ read, pattern: undefined }, body) : undefined) ?? new Uint8Array()
  const carried = channel ? await carriedFiles(deps, { ...delivery, channel }) : []
  await noteForgotten(tx, id, { body: left, sha256: createHash('sha256').update(left).digest(), isShared })
  return await onlyUnnamed(tx, [...carried, ...(delivery.bodyFile === null ? [] : [delivery.bodyFile])], personalData)
}

/** Names under which reading it stored the files that its events carried. */
async function carriedFiles(
  deps: EraseDeps,
  { channel, ...delivery }: NonNullable<Awaited<ReturnType<typeof readDelivery>>> & { channel: LoadedChannel },
): Promise<string[]> {
  const events = await readContents(deps.files, delivery, channel)
  const contents = events.flatMap((event) =>
    'attachments' in event ? (event.attachments ?? []).flatMap((attachment) => attachment.bytes ?? []) : [],
  )
  return contents.map((bytes) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return `attachments/${sha256.slice(0, 2)}/${sha256}`
  })
}
