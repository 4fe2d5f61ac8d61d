import type { CallOutcome } from '../connector/event.ts'
import type { Queryable } from '../database/pool.ts'
import type { CallDirection, CallState, Leg } from './call.ts'

/** A call in the outside shape of the API. */
export interface CallView {
  id: string
  contactId: string | null
  /** Name on that card; null: none, or nobody knows it. */
  contactName: string | null
  channelId: string
  conversationId: string | null
  entryId: string | null
  direction: CallDirection
  state: CallState
  outcome: CallOutcome | null
  from: string | null
  to: string | null
  dialled: string | null
  queue: string | null
  startedAt: string
  answeredAt: string | null
  endedAt: string | null
  waitSeconds: number | null
  talkSeconds: number | null
  /** Who answered; null: nobody of ours is known by that number. */
  userId: string | null
  disposition: string | null
  note: string | null
  wrappedUpAt: string | null
  legs: (Leg & { userId: string | null })[]
  /** Who rang us in vain: when and by whom he was spoken to after that; null: not yet, or he was heard. */
  followUp: { by: 'us' | 'client'; at: string } | null
  recordings: RecordingView[]
  /** Since when the running call is not recorded; null: nobody paused it. */
  recordingPausedAt: string | null
}

export interface RecordingView {
  id: string
  state: 'expected' | 'fetching' | 'ready' | 'missing' | 'erased'
  reason: string | null
  url: string | null
  seconds: number | null
  /** How many sides were kept apart. */
  tracks: number | null
  /** Who is on which track. */
  sides: string[] | null
}

type Dated<Row> = Omit<Row, 'followUp' | 'startedAt' | 'answeredAt' | 'endedAt' | 'wrappedUpAt' | 'recordingPausedAt'> & {
  followUp: { by: 'us' | 'client'; at: string } | null
  startedAt: Date
  answeredAt: Date | null
  endedAt: Date | null
  wrappedUpAt: Date | null
  recordingPausedAt: Date | null
}

/** Calls by id, in the order given; those that are gone are left out. Contacts are those of the cards that show them. */
export async function presentCalls(db: Queryable, ids: readonly string[]): Promise<CallView[]> {
  if (ids.length === 0) return []
  const { rows } = await db.query<Dated<Omit<CallView, 'recordings'>> & { recordings: Omit<RecordingView, 'url' | 'tracks'>[] }>({
    name: 'present calls',
    text: `select c.id, coalesce(card.card_id, c.contact_id) as "contactId", nullif(shown.name, '') as "contactName", c.channel_id as "channelId", c.conversation_id as "conversationId", c.entry_id as "entryId",
        c.direction, c.state, c.outcome, c.from_value as "from", c.to_value as "to", c.dialled, c.queue, c.started_at as "startedAt", c.answered_at as "answeredAt",
        c.ended_at as "endedAt", c.wait_seconds as "waitSeconds", c.talk_seconds as "talkSeconds", c.user_id as "userId", c.disposition, c.note,
        c.wrapped_up_at as "wrappedUpAt", c.legs,
        case when c.direction = 'inbound' and c.state = 'ended' and c.outcome <> 'answered' then
          (select json_build_object('by', case a.direction when 'inbound' then 'client' else 'us' end, 'at', a.answered_at)
           from contacts m join calls a on a.contact_id = m.id where m.card_id = card.card_id and a.outcome = 'answered' and a.answered_at > c.started_at
           order by a.answered_at limit 1) end as "followUp",
        case when c.state <> 'ended' then (select p.paused_at from recording_pauses p where p.call_id = c.id and p.resumed_at is null limit 1) end as "recordingPausedAt",
        coalesce((select json_agg(json_build_object('id', r.id, 'state', r.state, 'reason', r.reason, 'seconds', r.seconds, 'sides', r.tracks) order by r.created_at, r.id)
          from recordings r where r.call_id = c.id), '[]') as recordings
      from unnest($1::uuid[]) with ordinality as given(id, position)
      join calls c on c.id = given.id left join contacts card on card.id = c.contact_id left join contacts shown on shown.id = card.card_id order by given.position`,
    values: [ids],
  })
  return rows.map(({ followUp, startedAt, answeredAt, endedAt, wrappedUpAt, recordingPausedAt, recordings, ...row }) => ({
    ...row,
    followUp: followUp && { by: followUp.by, at: new Date(followUp.at).toISOString() },
    startedAt: startedAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    wrappedUpAt: wrappedUpAt?.toISOString() ?? null,
    recordingPausedAt: recordingPausedAt?.toISOString() ?? null,
    recordings: recordings.map((recording) => ({
      ...recording,
      tracks: recording.sides?.length ?? null,
      url: recording.state === 'ready' ? `/api/v1/calls/${row.id}/recordings/${recording.id}` : null,
    })),
  }))
}
