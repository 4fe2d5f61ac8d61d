import { callerOf } from '../../core/connector/caller.ts'
import type { CallEvent, CallOutcome, InboundEvent } from '../../core/connector/event.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import { type CdrRow, columnsOf, rowOf } from './cdr-rows.ts'
import { kindOf, numberIn, phoneOf } from './channel-kinds.ts'
import { answeredKey, type Moment } from './packet-events.ts'
import type { Packet } from './packets.ts'
import { recordingEvent } from './recording-names.ts'
import { requestOf } from './request-names.ts'
import type { Settings } from './settings.ts'

/** Rows of the CDR file: what was missed while nobody listened. What was heard has the same keys, or yields to it. */
export function eventsOfRows(text: string, settings: Settings): InboundEvent[] {
  const [head = '', ...lines] = text.split(/\r?\n/)
  const columns = columnsOf(head)
  return lines
    .filter((line) => line.trim() !== '')
    .flatMap((line, index): InboundEvent[] => {
      const row = rowOf(line, columns)
      const told = readRow(row, settings)
      if (told === undefined)
        return [{ type: 'malformed', key: `cdr:${row.uniqueid?.slice(0, 200) || index}`, reason: 'A CDR row without uniqueid, start or end' }]
      return [...told.began, ...told.ended, ...told.recorded]
    })
}

/** Names of the fields of the AMI event where they are not those of the columns. */
const fieldNames: Record<string, string> = {
  src: 'source',
  dst: 'destination',
  dstchannel: 'destinationchannel',
  lastapp: 'lastapplication',
  lastdata: 'lastdata',
  start: 'starttime',
  answer: 'answertime',
  end: 'endtime',
}

const liveFields = [
  'src',
  'dst',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start',
  'answer',
  'end',
  'disposition',
  'uniqueid',
  'linkedid',
  'userfield',
  'recordingfile',
]

/** The row as AMI tells it when it is written; the call may go on with another row, so it ends nothing. A clock that is off is put right by the end. */
export function eventsOfLiveCdr(packet: Packet, settings: Settings, moment: Moment): InboundEvent[] | string {
  const row = Object.fromEntries(liveFields.map((name) => [name, packet.get(fieldNames[name] ?? name) ?? '']))
  const told = readRow(row, settings)
  if (told === undefined) return 'A Cdr event without UniqueID, StartTime or EndTime'
  const skew = Date.parse(moment.at) - Date.parse(told.endedAt)
  const shift = Math.abs(skew) > 600_000 ? skew : 0
  const put = (at: string) => new Date(Date.parse(at) + shift).toISOString()
  return [...told.began, ...told.recorded].map((event) => (event.occurredAt === undefined ? event : { ...event, occurredAt: put(event.occurredAt) }))
}

interface Told {
  endedAt: string
  began: InboundEvent[]
  ended: InboundEvent[]
  recorded: InboundEvent[]
}

function readRow(row: CdrRow, settings: Settings): Told | undefined {
  const id = (row.linkedid || row.uniqueid || '').slice(0, 200)
  const startedAt = readTime(row.start ?? '', settings.timeZone)
  const endedAt = readTime(row.end ?? '', settings.timeZone)
  if (id === '' || startedAt === undefined || endedAt === undefined) return undefined
  const channel = row.channel ?? ''
  // Half of a Local channel: its other half has a row of its own.
  if (kindOf(channel, settings) === 'inner' && !row.linkedid) return { endedAt, began: [], ended: [], recorded: [] }
  const requestId = requestOf(id)
  const common = {
    type: 'call',
    callId: id,
    ...(requestId !== undefined && { requestId }),
    ...endsOf(row, settings, requestId !== undefined),
  } as const
  const leg = legOf(row, settings)
  const answeredAt = readTime(row.answer ?? '', settings.timeZone)
  const isAnswered = row.disposition?.toUpperCase() === 'ANSWERED' && leg !== undefined && answeredAt !== undefined
  const began: CallEvent[] = [{ ...common, key: `started:${row.uniqueid || id}`, fact: 'started', occurredAt: startedAt }]
  if (isAnswered) began.push({ ...common, key: answeredKey(id, leg.id), fact: 'answered', leg, occurredAt: answeredAt })
  const outcome = isAnswered ? undefined : outcomeOf(row, common.direction)
  const ended: CallEvent = {
    ...common,
    key: `cdr:${row.uniqueid || id}:${row.dstchannel ?? ''}:${row.end}`.slice(0, 480),
    fact: 'ended',
    occurredAt: endedAt,
    ...(outcome && { outcome }),
  }
  const file = fileOf(row)
  const recorded = file === undefined ? [] : [recordingEvent({ callId: id, file, state: 'available', at: endedAt }, settings)]
  return { endedAt, began, ended: [ended], recorded }
}

function endsOf(row: CdrRow, settings: Settings, isRequested: boolean): Partial<CallEvent> & Pick<CallEvent, 'direction'> {
  const channel = row.channel ?? ''
  const kind = kindOf(channel, settings)
  const party = (number: string) => callerOf(number, { isInternational: settings.international })
  if (kind === 'trunk' && !isRequested) {
    const source = row.src ?? ''
    const dialled = row.did || row.dst || ''
    return {
      direction: 'inbound',
      client: party(source),
      ...(source && { caller: source.slice(0, 200) }),
      ...(/^\+?\d{5,15}$/.test(dialled) && { dialled: settings.international && !dialled.startsWith('+') ? `+${dialled}` : dialled }),
    }
  }
  const caller = kind === 'phone' ? { caller: phoneOf(channel).slice(0, 200) } : {}
  const dest = kindOf(row.dstchannel ?? '', settings)
  const number = numberIn(row.lastdata ?? '') ?? row.dst ?? ''
  if (dest === 'trunk' || isRequested)
    return { direction: 'outbound', ...caller, ...(number && { callee: number.slice(0, 200), client: party(number) }) }
  return { direction: 'internal', ...caller, ...(row.dst && { callee: row.dst.slice(0, 200) }) }
}

/** The phone of ours: who was called, else who called. */
function legOf(row: CdrRow, settings: Settings): { id: string; user: string } | undefined {
  const dest = (row.dstchannel ?? '').slice(0, 200)
  const kind = kindOf(dest, settings)
  if (kind === undefined || kind === 'inner') return undefined
  if (kind === 'phone') return { id: dest, user: phoneOf(dest) }
  const own = (row.channel ?? '').slice(0, 200)
  return kindOf(own, settings) === 'phone' ? { id: own, user: phoneOf(own) } : { id: dest, user: numberIn(row.lastdata ?? '') ?? phoneOf(dest) }
}

/** Nobody of ours or of theirs was there; an IVR, a queue or a voicemail that picks up makes the row ANSWERED all the same. */
function outcomeOf(row: CdrRow, direction: CallEvent['direction']): CallOutcome {
  const application = row.lastapp?.toLowerCase() ?? ''
  const disposition = row.disposition?.toUpperCase() ?? ''
  if (direction === 'inbound' && application === 'voicemail') return 'voicemail'
  if (direction === 'inbound' && application === 'queue') return 'abandoned'
  if (disposition === 'BUSY') return 'busy'
  if (disposition === 'FAILED' || disposition === 'CONGESTION') return direction === 'inbound' ? 'missed' : 'failed'
  return direction !== 'inbound' && !row.dstchannel ? 'cancelled' : 'missed'
}

/** FreePBX keeps the bare name, and the file in a folder per day. */
function fileOf(row: CdrRow): string | undefined {
  const file = row.recordingfile || (/\.(?:wav|wav49|gsm|mp3|ogg|opus|sln\d*|ulaw|alaw)$/i.test(row.userfield ?? '') ? row.userfield : '')
  if (!file) return undefined
  const day = /^(\d{4})-(\d{2})-(\d{2})/.exec(row.start ?? '')
  return file.includes('/') || !row.recordingfile || day === null ? file.slice(0, 500) : `${day[1]}/${day[2]}/${day[3]}/${file.slice(0, 480)}`
}
