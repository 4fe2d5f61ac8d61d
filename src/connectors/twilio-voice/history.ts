import type { HistoryRange } from '../../core/connector/calling.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { askTwilio } from '../kits/twilio/client.ts'
import { historyPath } from './history-rows.ts'
import type { Settings } from './settings.ts'

const most = 5000
const perDelivery = 200
/** A call rings further phones after it began. */
const lateMs = 3_600_000

/** Calls and recordings that Twilio knows of that time, handed over with all their legs; equal ones have equal keys. Throws only ConnectorError. */
export async function history({ from, to }: HistoryRange, { settings }: Channel<Settings>, hub: Hub): Promise<void> {
  const until = new Date(to.getTime() + lateMs)
  const legs = await askTwilio(settings, hub, (client) =>
    client.calls.list({ startTimeAfter: from, startTimeBefore: until, limit: most, pageSize: 500 }),
  )
  const recordings = await askTwilio(settings, hub, (client) =>
    client.recordings.list({ dateCreatedAfter: from, dateCreatedBefore: until, limit: most, pageSize: 500 }),
  )
  const ofCall = Map.groupBy(legs, (leg) => leg.parentCallSid || leg.sid)
  const recordingsOf = Map.groupBy(recordings, (recording) => recording.callSid)
  const calls = [...ofCall].map(([call, all]) => ({ call, legs: all.map(legRow), recordings: (recordingsOf.get(call) ?? []).map(recordingRow) }))
  for (let at = 0; at < calls.length; at += perDelivery) {
    const body = new TextEncoder().encode(JSON.stringify({ calls: calls.slice(at, at + perDelivery) }))
    await hub.deliver({ method: 'POLL', path: historyPath, query: '', headers: { 'content-type': 'application/json' }, body })
  }
}

interface Listed {
  sid: string
  duration: string
}

function legRow(leg: Listed & { direction: string; status: string; from: string; to: string; startTime: Date | null; endTime: Date | null }) {
  const { sid, direction, status, from, to, duration } = leg
  return { sid, direction, status, from, to, duration, startTime: leg.startTime?.toISOString(), endTime: leg.endTime?.toISOString() }
}

function recordingRow({ sid, status, source, channels, duration }: Listed & { status: string; source: string; channels: number }) {
  return { sid, status, source, channels, duration }
}
