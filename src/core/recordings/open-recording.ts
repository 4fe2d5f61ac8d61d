import type { Readable } from 'node:stream'
import type { Actor } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { readCall } from '../calls/list-calls.ts'
import type { Vault } from '../channels/vault.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { isLinkValid, linkLifeMs, signLink } from './recording-link.ts'
import { eraseStored, readRecording, removeErasedFiles, type StoredRecording } from './recording-store.ts'

export interface OpenedRecording {
  type: string
  /** Bytes of the whole. */
  size: number
  sha256: string | null
  stream(range?: { start: number; end: number }): Promise<Readable>
}

interface Place {
  callId: string
  recordingId: string
}

/** A recording of a call that the actor may see. Throws `not_found`. */
export async function findRecording({ pool }: { pool: Pool }, actor: Actor, { callId, recordingId }: Place): Promise<StoredRecording> {
  await readCall({ pool }, actor, callId)
  const recording = await readRecording(pool, callId, recordingId)
  if (!recording) throw new CoreError('not_found', 'There is no such recording.')
  return recording
}

/** The sound itself. Each beginning of a listening is in the audit; `isStart` is false for the further pieces a player asks for. Throws `not_found`; `unavailable` while it is being fetched. */
export async function openRecording(deps: { pool: Pool; files: Files }, place: Place, caller: Caller, isStart: boolean): Promise<OpenedRecording> {
  const recording = await findRecording(deps, caller.actor, place)
  const opened = openStored(deps.files, recording)
  if (isStart) await recordAudit(deps.pool, caller, { action: 'recording.listened', subject: recording.id, detail: { callId: recording.callId } })
  return opened
}

/** A link that plays for two hours without a session: for players and, with `forDownload`, to save the file. In the audit when it is made. */
export async function linkRecording(
  deps: { pool: Pool; vault: Vault },
  place: Place,
  forDownload: boolean,
  caller: Caller,
): Promise<{ url: string; expiresAt: string }> {
  const recording = await findRecording(deps, caller.actor, place)
  if (recording.state !== 'ready') throw new CoreError('not_found', recording.reason ?? 'The recording is not here.')
  const link = { recordingId: recording.id, userId: caller.actor.id, forDownload, expiresAt: Date.now() + linkLifeMs }
  const action = forDownload ? 'recording.downloaded' : 'recording.listened'
  await recordAudit(deps.pool, caller, { action, subject: recording.id, detail: { callId: recording.callId } })
  const query = new URLSearchParams({
    call: recording.callId,
    user: link.userId,
    until: String(link.expiresAt),
    ...(forDownload && { download: '1' }),
    signature: signLink(deps.vault, link),
  })
  return { url: `/api/v1/recordings/${recording.id}/play?${query}`, expiresAt: new Date(link.expiresAt).toISOString() }
}

/** What a signed link plays. Throws `not_found` for a link that is not ours or is over. */
export async function openLinked(
  deps: { pool: Pool; files: Files; vault: Vault },
  link: { callId: string; recordingId: string; userId: string; forDownload: boolean; expiresAt: number; signature: string },
): Promise<OpenedRecording> {
  if (!isLinkValid(deps.vault, link, link.signature, Date.now())) throw new CoreError('not_found', 'This link is over.')
  const recording = await readRecording(deps.pool, link.callId, link.recordingId)
  if (!recording) throw new CoreError('not_found')
  return openStored(deps.files, recording)
}

/** Takes the sound away for good; that it was there, and who erased it, stays. Throws `not_found`. */
export async function eraseRecording(deps: { pool: Pool; files: Files }, place: Place, caller: Caller): Promise<void> {
  const recording = await findRecording(deps, caller.actor, place)
  await inTransaction(deps.pool, async (tx) => {
    await eraseStored(tx, [recording.id], 'by_hand')
    await recordAudit(tx, caller, { action: 'recording.erased', subject: recording.id, detail: { callId: recording.callId } })
  })
  await removeErasedFiles(deps.pool, deps.files)
}

function openStored(files: Files, { state, reason, file, size, type, sha256 }: StoredRecording): OpenedRecording {
  if (state === 'expected' || state === 'fetching') throw new CoreError('unavailable', 'The recording is still being fetched.')
  if (state !== 'ready' || file === null || size === null) throw new CoreError('not_found', reason ?? 'The recording is not here.')
  return { type: type ?? 'application/octet-stream', size, sha256, stream: (range) => files.stream(file, range) }
}
