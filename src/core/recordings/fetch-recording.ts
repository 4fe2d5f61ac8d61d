import { createHash } from 'node:crypto'
import { forConnector } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import { limitedFetch } from '../channels/limited-fetch.ts'
import { ConnectorError } from '../connector/errors.ts'
import type { Hub, Logger } from '../connector/hub.ts'
import type { Pool } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import { audioFormatOf, mediaTypeOf } from './audio-type.ts'
import { measureAudio } from './measure-audio.ts'
import { type DueRecording, keepRecording, loseRecording, retryRecording, takeRecording } from './recording-store.ts'

export interface RecordingDeps {
  pool: Pool
  directory: ChannelDirectory
  files: Files
  logger: Logger
  hubOf(channelId: string): Hub
  publicUrl: string
}

/** A vendor needs a while to finish a file, and its storage may be away for days. Seconds. */
const waits = [30, 60, 180, 600, 1800, 7200, 6 * 3600, 12 * 3600, 24 * 3600, 24 * 3600, 48 * 3600]
/** Attempts after which one that fails is the last. */
export const lastAttempt = waits.length
const holdSeconds = 600
/** Largest recording, bytes: a day of 32 kbit/s. */
const largest = 500_000_000
const final = new Set(['rejected', 'unsupported', 'blocked', 'invalid_recipient', 'window_closed'])

/** Name of a recording's content: equal contents are kept once. */
export function recordingFile(sha256: string): string {
  return `recordings/${sha256.slice(0, 2)}/${sha256}`
}

/** Brings one recording into storage, measured; or says why it is not there, and when it is tried again. Runs as often as it is called: the row decides. */
export async function fetchRecording(deps: RecordingDeps, id: string): Promise<void> {
  const due = await takeRecording(deps.pool, id, holdSeconds)
  if (!due) return
  const channel = deps.directory.byId(due.channelId)
  if (!channel?.connector.fetchMedia) return await loseRecording(deps.pool, due, 'The channel it came by is gone.')
  try {
    const hub = deps.hubOf(channel.id)
    const content = await channel.connector.fetchMedia(due.ref, forConnector(channel, deps.publicUrl), {
      ...hub,
      fetch: limitedFetch(hub.fetch, largest),
    })
    await keep(deps, due, content.bytes)
  } catch (error) {
    await afterFailure(deps, due, error)
  }
}

async function keep(deps: RecordingDeps, due: DueRecording, bytes: Uint8Array): Promise<void> {
  if (bytes.length > largest) return await loseRecording(deps.pool, due, 'It is larger than 500 MB.')
  const format = audioFormatOf(bytes)
  if (!format) return await retryOrLose(deps, due, 'What the vendor gave is no audio.')
  const measured = await measureAudio(bytes, format).catch((error: unknown) => {
    deps.logger.warn({ recordingId: due.id, error: String(error) }, 'a recording could not be measured; it is kept without its waveform')
  })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = recordingFile(sha256)
  await deps.files.write(file, bytes)
  const { seconds = null, peaks = null } = measured ?? {}
  await keepRecording(deps.pool, due, { file, sha256, type: mediaTypeOf(format), size: bytes.length, seconds, peaks })
}

async function afterFailure(deps: RecordingDeps, due: DueRecording, error: unknown): Promise<void> {
  if (!(error instanceof ConnectorError)) throw error
  if (final.has(error.code)) await loseRecording(deps.pool, due, error.message)
  else await retryOrLose(deps, due, error.message, error.retryAfterMs)
}

async function retryOrLose(deps: RecordingDeps, due: DueRecording, reason: string, retryAfterMs?: number): Promise<void> {
  const wait = waits[due.attempts - 1]
  if (wait === undefined) await loseRecording(deps.pool, due, reason)
  else await retryRecording(deps.pool, due, reason, Math.max(wait, (retryAfterMs ?? 0) / 1000))
}
