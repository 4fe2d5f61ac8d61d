import { createHash } from 'node:crypto'
import { forConnector } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import { limitedFetch } from '../channels/limited-fetch.ts'
import { ConnectorError } from '../connector/errors.ts'
import type { Hub } from '../connector/hub.ts'
import type { Localised } from '../connector/manifest.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { attachmentFile, type Files } from '../files/files.ts'
import { tellEntryChanged } from '../outbox/tell-entry.ts'
import { type ExpectedAttachment, readExpected, writeFetched, writeMissing } from './attachment-store.ts'

const giveUpAfterMs = 3 * 24 * 60 * 60 * 1000
/** Bytes: a file goes through the hub's memory, and some vendors carry gigabytes. */
const largest = 250_000_000
const final = new Set(['rejected', 'invalid_recipient', 'window_closed', 'blocked', 'unsupported'])

const channelGone = { en: 'The channel it came by is gone.', ru: 'Канала, по которому он пришёл, больше нет.' }
const tooLate = { en: 'It could not be fetched within three days.', ru: 'За три дня его не удалось загрузить.' }

export interface FetchDeps {
  pool: Pool
  directory: ChannelDirectory
  files: Files
  hubOf(channelId: string): Hub
  publicUrl: string
}

/**
 * Brings one attachment's content from the vendor into storage; what the vendor no longer gives is marked missing, with the reason.
 * Throws for what may pass, so that it is tried again; after three days it is missing too.
 */
export async function fetchAttachment(deps: FetchDeps, attachmentId: string): Promise<void> {
  const expected = await readExpected(deps.pool, attachmentId)
  if (!expected) return
  const channel = deps.directory.byId(expected.channelId)
  if (!channel?.connector.fetchMedia) return giveUp(deps, expected, channelGone)
  try {
    const hub = deps.hubOf(channel.id)
    const limited = { ...hub, fetch: limitedFetch(hub.fetch, largest) }
    const content = await channel.connector.fetchMedia(expected.ref, forConnector(channel, deps.publicUrl), limited)
    await store(deps, expected, content)
  } catch (error) {
    const isFinal = error instanceof ConnectorError && final.has(error.code)
    const isTooOld = Date.now() - expected.createdAt.getTime() > giveUpAfterMs
    if (!isFinal && !isTooOld) throw error
    await giveUp(deps, expected, error instanceof ConnectorError ? (error.words ?? error.message) : tooLate)
  }
}

async function store(deps: FetchDeps, expected: ExpectedAttachment, content: { bytes: Uint8Array; type?: string; name?: string }): Promise<void> {
  const sha256 = createHash('sha256').update(content.bytes).digest('hex')
  const file = attachmentFile(sha256)
  await deps.files.write(file, content.bytes)
  const clean = (given: string | undefined, known: string) => given?.replaceAll('\u0000', '').trim() || known
  await inTransaction(deps.pool, async (tx) => {
    const fetched = {
      name: expected.name || clean(content.name, 'file'),
      type: clean(content.type, expected.type),
      size: content.bytes.length,
      sha256,
      file,
    }
    if (await writeFetched(tx, expected.id, fetched)) await tellEntryChanged(tx, expected.entryId)
  })
}

async function giveUp(deps: FetchDeps, expected: ExpectedAttachment, reason: string | Localised): Promise<void> {
  const words = typeof reason === 'string' ? undefined : reason
  await inTransaction(deps.pool, async (tx) => {
    if (await writeMissing(tx, expected.id, typeof reason === 'string' ? reason : reason.en, words)) await tellEntryChanged(tx, expected.entryId)
  })
}
