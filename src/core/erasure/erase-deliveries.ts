import { createHash } from 'node:crypto'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Transaction } from '../database/pool.ts'
import { FileMissing } from '../files/file-missing.ts'
import type { Files } from '../files/files.ts'
import type { ClaimedDelivery } from '../intake/delivery.ts'
import { readContents } from '../intake/read-events.ts'
import type { Certificate } from './erasure.ts'
import { type FoundDelivery, findDeliveries, markErased, storeRedacted } from './raw-store.ts'
import { blot, type ReadEvent, redactBody } from './redact-delivery.ts'

interface Deps {
  channels: ChannelDirectory
  files: Files
}

/**
 * Raw deliveries: one that is his alone is marked to be deleted; one that carries others too is kept without him. Gives the numbers and the
 * files of bodies that are to go after the commit.
 */
export async function eraseDeliveries(
  deps: Deps,
  tx: Transaction,
  pattern: string | undefined,
): Promise<{ counts: Certificate['deliveries']; files: string[] }> {
  const counts = { removed: 0, redacted: 0, emptied: 0 }
  const files: string[] = []
  for await (const delivery of findDeliveries(tx, pattern, (file) => readFile(deps.files, file))) {
    const outcome = await eraseOne(deps, tx, delivery, pattern)
    if (outcome === 'kept') continue
    counts[outcome]++
    if (outcome !== 'removed' && delivery.bodyFile !== null) files.push(delivery.bodyFile)
  }
  return { counts, files }
}

async function eraseOne(
  { channels, files }: Deps,
  tx: Transaction,
  delivery: FoundDelivery,
  pattern: string | undefined,
): Promise<keyof Certificate['deliveries'] | 'kept'> {
  const expression = pattern === undefined ? undefined : new RegExp(pattern, 'gi')
  const isHisKey = (key: string, event: unknown) =>
    delivery.hisKeys.has(key) || (!delivery.othersKeys.has(key) && new RegExp(pattern ?? '$^', 'i').test(JSON.stringify(event)))
  const channel = channels.byId(delivery.channelId)
  const read = async (body: Uint8Array): Promise<ReadEvent[]> => {
    if (!channel) return [...delivery.hisKeys].map((key) => ({ key, isHis: true }))
    const events = await readContents(files, claimedOf(delivery, body), channel)
    return events.map((event) => ({ key: event.key, isHis: isHisKey(event.key, event) }))
  }
  const body = delivery.bodyFile === null ? delivery.body : ((await readFile(files, delivery.bodyFile)) ?? new Uint8Array())
  const events = await read(body)
  const isShared = delivery.othersKeys.size > 0 || (delivery.hisKeys.size === 0 && events.some((event) => !event.isHis))
  if (!isShared) {
    await markErased(tx, delivery.id)
    return 'removed'
  }
  const redacted = await redactBody({ read, pattern: expression }, body)
  const left = redacted ?? new Uint8Array()
  const blotted = (text: string) => (expression ? Buffer.from(blot(Buffer.from(text), expression)).toString() : text)
  await storeRedacted(tx, delivery.id, {
    body: left,
    sha256: createHash('sha256').update(left).digest(),
    path: blotted(delivery.path),
    query: blotted(delivery.query),
    headers: blotted(JSON.stringify(delivery.headers)),
  })
  return redacted ? 'redacted' : 'emptied'
}

function claimedOf({ id, channelId, method, path, query, headers, receivedAt }: FoundDelivery, body: Uint8Array): ClaimedDelivery {
  return { id, channelId, raw: { method, path, query, headers, body: Buffer.from(body) }, bodyFile: null, receivedAt, attempts: 0 }
}

async function readFile(files: Files, name: string): Promise<Uint8Array | undefined> {
  return await files.read(name).catch((error: unknown) => {
    if (!(error instanceof FileMissing)) throw error
    return undefined
  })
}
