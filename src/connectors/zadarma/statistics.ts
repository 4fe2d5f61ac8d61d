import { z } from 'zod'
import { callerOf } from '../../core/connector/caller.ts'
import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { CallEvent, InboundEvent } from '../../core/connector/event.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import { recordingOf } from './call-events.ts'
import { international, isExtension } from './numbers.ts'
import { outcomeOf } from './outcomes.ts'
import { type StatisticsRow, statisticsRow } from './payloads.ts'
import type { Settings } from './settings.ts'

/** Under this path an answer of the statistics is kept as a delivery. */
export const statisticsPath = '/v1/statistics/pbx/'

/** Rows of one answer; undefined: it is none. */
export function rowsOf(body: Uint8Array): unknown[] | undefined {
  try {
    return z.object({ stats: z.array(z.unknown()) }).safeParse(JSON.parse(Buffer.from(body).toString('utf8'))).data?.stats
  } catch {
    return undefined
  }
}

/**
 * One row for each phone that a call rang: the last word of a call that nothing else told of. Of an incoming call only an answer is a summary: a phone that
 * nobody took yields to one that was.
 */
export function eventsOfStatistics(delivery: ReceivedDelivery, settings: Settings): InboundEvent[] {
  const key = deliveryKey(delivery)
  const rows = rowsOf(delivery.body)
  if (!rows) return [{ type: 'malformed', key, reason: 'The statistics are not a list of calls' }]
  const events = rows.flatMap((row, index): InboundEvent[] => {
    const read = statisticsRow.safeParse(row)
    const callId = read.data?.pbx_call_id ?? read.data?.call_id
    if (!read.success || !callId || callId.length > 200) return [{ type: 'malformed', key: `${key}:${index}`, reason: 'A row without its fields' }]
    return eventsOfRow(read.data, callId, settings.timeZone)
  })
  return [...new Map(events.map((event) => [event.key, event])).values()]
}

function eventsOfRow(row: StatisticsRow, callId: string, timeZone: string): InboundEvent[] {
  const startedAt = readTime(row.callstart, timeZone)
  const direction = directionOf(row, callId)
  const isOutbound = direction === 'outbound'
  const outcome = outcomeOf(row.disposition ?? undefined, direction)
  const talkSeconds = outcome === undefined || outcome === 'answered' ? row.seconds : 0
  const clid = numberOf(row.clid)
  const destination = row.destination ?? undefined
  const user = [row.sip ?? undefined, isOutbound ? clid : destination].find(isExtension)
  const isSummary = direction !== 'inbound' || outcome === undefined || outcome === 'answered'
  const call: CallEvent = {
    type: 'call',
    key: `statistics:${callId}:${row.call_id ?? row.callstart}:${user ?? ''}`.slice(0, 400),
    callId,
    fact: isSummary ? 'summary' : 'ended',
    direction,
    ...(startedAt && { occurredAt: new Date(Date.parse(startedAt) + row.seconds * 1000).toISOString(), startedAt }),
    ...(direction !== 'internal' && { client: callerOf(isOutbound ? destination : clid, { isInternational: true }) }),
    ...(clid && { caller: international(clid) }),
    ...(destination && { callee: international(destination) }),
    ...(user && isSummary && { leg: { id: 'summary', user } }),
    ...(outcome && { outcome }),
    talkSeconds,
  }
  const isRecorded = row.is_recorded === true || ['true', '1'].includes(String(row.is_recorded ?? ''))
  return isRecorded && row.call_id ? [call, recordingOf(callId, row.call_id)] : [call]
}

function directionOf(row: StatisticsRow, callId: string): 'inbound' | 'outbound' | 'internal' {
  const isOurs = isExtension(numberOf(row.clid))
  if (isOurs && isExtension(row.destination ?? undefined)) return 'internal'
  if (callId.startsWith('in_')) return 'inbound'
  return callId.startsWith('out_') || isOurs ? 'outbound' : 'inbound'
}

/** `79990001122`, also as `"Name" <79990001122>`. */
function numberOf(clid: string | null | undefined): string | undefined {
  return /<([^>]*)>/.exec(clid ?? '')?.[1] ?? clid ?? undefined
}
