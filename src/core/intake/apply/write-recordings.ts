import { newId } from '../../database/id.ts'
import { insertRows } from '../../database/insert-rows.ts'
import type { Transaction } from '../../database/pool.ts'
import type { PlannedRecording } from './plan.ts'

/** Recordings never go back, in whatever order they are told of: what is here or erased stays so, and what has a name is waited for. */
export async function writeRecordings(tx: Transaction, recordings: PlannedRecording[]): Promise<void> {
  const told = Map.groupBy(recordings, ({ channelId, event }) => `${channelId} ${event.recordingId}`)
  const rows = [...told.values()].map(rowOf)
  await insertRows(
    tx,
    'recordings',
    ['id', 'channel_id', 'external_id', 'call_id', 'state', 'reason', 'ref', 'seconds', 'tracks', 'user_value', 'started_at', 'next_attempt_at'],
    rows,
    `on conflict (channel_id, external_id) do update set call_id = excluded.call_id,
      ref = case when recordings.state = 'erased' then null else coalesce(excluded.ref, recordings.ref) end,
      seconds = coalesce(recordings.seconds, excluded.seconds), tracks = coalesce(recordings.tracks, excluded.tracks),
      user_value = coalesce(recordings.user_value, excluded.user_value), started_at = coalesce(recordings.started_at, excluded.started_at),
      state = case when recordings.state in ('ready', 'fetching', 'erased') then recordings.state when excluded.ref is not null then excluded.state
        when recordings.state = 'missing' or recordings.ref is not null then recordings.state else excluded.state end,
      reason = case when recordings.state in ('ready', 'fetching', 'erased') then recordings.reason when excluded.ref is not null then null
        else coalesce(excluded.reason, recordings.reason) end,
      attempts = case when recordings.state = 'missing' and excluded.ref is not null then 0 else recordings.attempts end,
      next_attempt_at = case when recordings.state in ('ready', 'fetching', 'erased') then recordings.next_attempt_at
        else coalesce(excluded.next_attempt_at, recordings.next_attempt_at) end`,
  )
}

const weights = { expected: 0, absent: 1, available: 2 } as const

/** What a batch tells of one recording: the word that says most counts, and each detail from whoever has it. */
function rowOf(told: PlannedRecording[]) {
  const [best] = told.toSorted((a, b) => weights[b.event.state] - weights[a.event.state])
  if (!best) throw new Error('nothing is told of this recording')
  const said = <Name extends keyof PlannedRecording['event']>(name: Name) => told.find(({ event }) => event[name] !== undefined)?.event[name] ?? null
  const { call, channelId, event } = best
  return {
    id: newId(),
    channel_id: channelId,
    external_id: event.recordingId,
    call_id: call.id,
    state: event.state === 'absent' ? 'missing' : 'expected',
    reason: event.state === 'available' ? null : said('reason'),
    ref: event.ref ?? said('ref'),
    seconds: said('seconds'),
    tracks: said('tracks'),
    user_value: said('user'),
    started_at: said('startedAt'),
    next_attempt_at: event.state === 'available' && event.ref !== undefined ? new Date().toISOString() : null,
  }
}
