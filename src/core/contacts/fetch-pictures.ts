import { createHash } from 'node:crypto'
import { forConnector } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import { limitedFetch } from '../channels/limited-fetch.ts'
import { ConnectorError } from '../connector/errors.ts'
import type { Hub } from '../connector/hub.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import { imageTypeOf } from '../files/image-type.ts'
import { announceContacts } from './announce-contacts.ts'
import { claimPictures, type DuePicture, giveUpPicture, retryPicture, writePicture } from './picture-store.ts'

/** Bytes. Messengers give some tens of kilobytes. */
export const largestPicture = 2 * 1024 * 1024
const atOnce = 10
const mostAttempts = 6
const firstWaitMs = 60_000

export interface PictureDeps {
  pool: Pool
  directory: ChannelDirectory
  files: Files
  hubOf(channelId: string): Hub
  publicUrl: string
}

/** Fetches pictures of people that are due, until none is. What is too large or no picture is given up at once, what may pass after six tries. */
export async function fetchPictures(deps: PictureDeps): Promise<void> {
  for (;;) {
    const due = await claimPictures(deps.pool, atOnce)
    if (due.length === 0) return
    await Promise.all(due.map((one) => fetchOne(deps, one)))
  }
}

async function fetchOne(deps: PictureDeps, due: DuePicture): Promise<void> {
  const bytes = await ask(deps, due).catch((error: unknown) => error)
  if (bytes instanceof Uint8Array) return store(deps, due, bytes)
  const mayPass = bytes instanceof ConnectorError && (bytes.code === 'temporary' || bytes.code === 'rate_limited')
  if (!mayPass || due.attempts >= mostAttempts) return giveUpPicture(deps.pool, due.contactId)
  await retryPicture(deps.pool, due.contactId, firstWaitMs * 4 ** (due.attempts - 1))
}

async function ask(deps: PictureDeps, { channelId, ref }: DuePicture): Promise<Uint8Array> {
  const channel = deps.directory.byId(channelId)
  if (!channel?.connector.fetchMedia) throw new ConnectorError('rejected', 'The channel it came by is gone.')
  const hub = deps.hubOf(channelId)
  const { bytes } = await channel.connector.fetchMedia(ref, forConnector(channel, deps.publicUrl), {
    ...hub,
    fetch: limitedFetch(hub.fetch, largestPicture),
  })
  return bytes
}

async function store(deps: PictureDeps, { contactId }: DuePicture, bytes: Uint8Array): Promise<void> {
  const type = imageTypeOf(bytes)
  if (type === undefined || bytes.length > largestPicture) return giveUpPicture(deps.pool, contactId)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  // His alone, and one name for all his pictures: erased with him, and the older goes by itself.
  const file = `pictures/${contactId.slice(-2)}/${contactId}`
  await deps.files.write(file, bytes)
  const isHere = await inTransaction(deps.pool, async (tx) => {
    if (!(await writePicture(tx, contactId, { type, size: bytes.length, sha256, file }))) return false
    const { rows } = await tx.query<{ card_id: string }>('select card_id from contacts where id = $1', [contactId])
    await announceContacts(tx, [...new Set([contactId, ...rows.map(({ card_id: id }) => id)])])
    return true
  })
  if (!isHere) await deps.files.remove(file)
}
