import { basename } from 'node:path/posix'
import type { RecordingEvent } from '../../core/connector/event.ts'
import type { Settings } from './settings.ts'

/**
 * Where a recording lies under the folder of recordings. File names come from the dialplan and so, at worst, from a caller: what would lead out of the
 * folder, or lies in another, is looked for by its bare name.
 */
export function placeOf(file: string, root: string): string {
  const clean = file.replaceAll('\0', '').replaceAll('\\', '/')
  const base = `${root.replace(/\/+$/, '')}/`
  const place = clean.startsWith(base) ? clean.slice(base.length) : clean
  const isInside = !place.startsWith('/') && place.split('/').every((step) => step !== '..' && step !== '.' && step !== '')
  return isInside ? place : basename(place)
}

export function recordingEvent(
  { callId, file, state, at }: { callId: string; file: string; state: 'expected' | 'available'; at: string | undefined },
  { recordingsRoot }: Pick<Settings, 'recordingsRoot'>,
): RecordingEvent {
  const place = placeOf(file, recordingsRoot)
  const recordingId = basename(place).slice(0, 200) || 'recording'
  return {
    type: 'recording',
    key: `recording:${state}:${callId}:${recordingId}`,
    callId,
    recordingId,
    state,
    ref: place,
    ...(at !== undefined && { occurredAt: at, ...(state === 'expected' && { startedAt: at }) }),
    tracks: ['both'],
  }
}
