import type { Doors } from './doors.ts'
import { ourNumbers } from './our-numbers.ts'

interface DemoCall {
  minutesAgo: number
  way: 'in' | 'out'
  /** The client's number, as the PBX writes it; empty: withheld. */
  client: string
  /** Whose phone rang. */
  extension: string
  line: string
  /** Seconds until somebody answered, or the caller hung up. */
  wait: number
  /** Seconds; 0: nobody answered. */
  talk: number
  queue?: string
}

const [board = '', direct = ''] = ourNumbers.map(({ value }) => value.slice(1))

/** The telephone of the day: known clients and strangers, in vain and heard, called back and not, one that hides his number, one that waits in the queue. */
const calls: DemoCall[] = [
  { minutesAgo: 402, way: 'in', client: '79179550812', extension: '101', line: direct, wait: 6, talk: 48 },
  { minutesAgo: 365, way: 'in', client: '79370002214', extension: '102', line: board, wait: 31, talk: 0 },
  { minutesAgo: 352, way: 'out', client: '79370002214', extension: '101', line: board, wait: 9, talk: 35 },
  { minutesAgo: 300, way: 'in', client: '', extension: '101', line: board, wait: 14, talk: 22 },
  { minutesAgo: 260, way: 'out', client: '79276551904', extension: '102', line: direct, wait: 25, talk: 0 },
  { minutesAgo: 210, way: 'in', client: '79371884002', extension: '102', line: direct, wait: 41, talk: 57, queue: 'Продажи' },
  { minutesAgo: 140, way: 'in', client: '79021183315', extension: '101', line: board, wait: 22, talk: 0 },
  { minutesAgo: 121, way: 'in', client: '79021183315', extension: '101', line: board, wait: 18, talk: 0 },
  { minutesAgo: 62, way: 'in', client: '79272603319', extension: '101', line: direct, wait: 5, talk: 40 },
  { minutesAgo: 5, way: 'in', client: '79171406208', extension: '101', line: board, wait: 8, talk: 65 },
]

/** Each as the PBX tells of it: it rings, somebody answers, it is over, its recording is ready; one that waits is first in the queue. */
export async function sendCalls(doors: Doors): Promise<void> {
  for (const [index, call] of calls.entries()) await tellOf(doors, call, index + 1)
}

async function tellOf(doors: Doors, call: DemoCall, number: number): Promise<void> {
  const began = Math.floor(Date.now() / 1000) - call.minutesAgo * 60
  const [answered, ended] = [began + call.wait, began + call.wait + call.talk]
  const phone = { extension: call.extension, number: `sip:${call.extension}@kontur.mangosip.ru` }
  const outer = call.client === '' ? {} : { number: call.client }
  const ends =
    call.way === 'in' ? { from: outer, to: { ...phone, line_number: call.line } } : { from: { ...phone, line_number: call.line }, to: outer }
  const event = { entry_id: `entry-${number}`, call_id: `call-${number}`, ...ends, location: 'abonent' }
  if (call.queue) {
    const to = { line_number: call.line, number: call.line, acd_group: call.queue }
    await doors.pbx('/events/call', {
      ...event,
      call_id: `queue-${number}`,
      to,
      location: 'queue',
      timestamp: began,
      seq: 1,
      call_state: 'Connected',
    })
  }
  await doors.pbx('/events/call', { ...event, timestamp: began + 2, seq: 1, call_state: 'Appeared' })
  if (call.talk > 0) await doors.pbx('/events/call', { ...event, timestamp: answered, seq: 2, call_state: 'Connected' })
  await doors.pbx('/events/summary', {
    entry_id: event.entry_id,
    call_direction: call.way === 'in' ? 1 : 2,
    ...ends,
    line_number: call.line,
    create_time: began,
    talk_time: call.talk > 0 ? answered : 0,
    end_time: ended,
    entry_result: call.talk > 0 ? 1 : 0,
    disconnect_reason: call.talk > 0 ? 1110 : 1111,
  })
  if (call.talk === 0) return
  const recording = { recording_id: `rec-${number}-${call.talk}`, recording_state: 'Completed', seq: 2, completion_code: 1000, timestamp: ended }
  await doors.pbx('/events/recording', { ...event, ...recording, extension: call.extension })
}

/** How many recordings come of them. */
export const recorded = calls.filter(({ talk }) => talk > 0).length
