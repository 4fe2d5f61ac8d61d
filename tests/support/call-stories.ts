import type { CallEvent } from '../../src/core/connector/event.ts'

/** One call told by its events, and what it comes to. `isFinal`: the vendor's last record carries the totals. */
export interface CallStory {
  name: string
  events: CallEvent[]
  becomes: { outcome: string | null; direction: string; talkSeconds: number | null; waitSeconds: number | null; answeredBy: string | null }
  isFinal: boolean
}

const noon = Date.parse('2026-11-20T09:00:00.000Z')
export const storyClient = '+79990001122'

type Told = Partial<CallEvent> & Pick<CallEvent, 'fact'>

function story(
  name: string,
  direction: CallEvent['direction'],
  told: [second: number, event: Told][],
  becomes: Omit<CallStory['becomes'], 'direction'>,
): CallStory {
  const callId = `story of ${name}`
  const isInternal = direction === 'internal'
  const events = told.map(
    ([second, event], index): CallEvent => ({
      type: 'call',
      key: `${callId}:${index}`,
      callId,
      occurredAt: new Date(noon + second * 1000).toISOString(),
      order: index,
      ...(direction && { direction }),
      ...(!isInternal && { client: { identities: [{ kind: 'phone', value: storyClient, evidence: 'attested' as const }] } }),
      ...(direction === 'inbound' ? { caller: storyClient, dialled: '+74950000000' } : { callee: isInternal ? '102' : storyClient }),
      ...event,
    }),
  )
  return { name, events, becomes: { direction: direction ?? 'inbound', ...becomes }, isFinal: told.some(([, event]) => event.fact === 'summary') }
}

const anna = { id: 'a', user: '101' }
const boris = { id: 'b', user: '102' }
const at = (second: number) => new Date(noon + second * 1000).toISOString()
const total = (outcome: CallEvent['outcome'], wait: number, talk: number, more: Partial<CallEvent> = {}): Told => ({
  fact: 'summary',
  ...(outcome && { outcome }),
  startedAt: at(0),
  endedAt: at(wait + talk),
  ...(talk > 0 && { answeredAt: at(wait) }),
  waitSeconds: wait,
  talkSeconds: talk,
  ...more,
})

export const callStories: CallStory[] = [
  story(
    'answered',
    'inbound',
    [
      [0, { fact: 'started' }],
      [1, { fact: 'ringing', leg: anna }],
      [9, { fact: 'answered', leg: anna }],
      [69, { fact: 'left', leg: anna }],
      [69, { fact: 'ended' }],
      [70, total('answered', 9, 60, { leg: anna })],
    ],
    { outcome: 'answered', waitSeconds: 9, talkSeconds: 60, answeredBy: '101' },
  ),
  story(
    'missed',
    'inbound',
    [
      [0, { fact: 'started' }],
      [1, { fact: 'ringing', leg: anna }],
      [21, { fact: 'left', leg: anna, outcome: 'missed' }],
      [21, { fact: 'ended', outcome: 'missed' }],
      [22, total('missed', 21, 0)],
    ],
    {
      outcome: 'missed',
      waitSeconds: 21,
      talkSeconds: 0,
      answeredBy: null,
    },
  ),
  story(
    'busy',
    'outbound',
    [
      [0, { fact: 'started' }],
      [0, { fact: 'ringing', leg: anna }],
      [4, { fact: 'ended', outcome: 'busy' }],
      [5, total('busy', 4, 0)],
    ],
    {
      outcome: 'busy',
      waitSeconds: 4,
      talkSeconds: 0,
      answeredBy: null,
    },
  ),
  story(
    'queue then answer',
    'inbound',
    [
      [0, { fact: 'started' }],
      [2, { fact: 'queued', queue: 'sales' }],
      [10, { fact: 'ringing', leg: anna }],
      [20, { fact: 'left', leg: anna, outcome: 'missed' }],
      [21, { fact: 'ringing', leg: boris }],
      [30, { fact: 'answered', leg: boris }],
      [90, { fact: 'ended' }],
      [91, total('answered', 30, 60, { leg: boris })],
    ],
    { outcome: 'answered', waitSeconds: 30, talkSeconds: 60, answeredBy: '102' },
  ),
  story(
    'abandoned in the queue',
    'inbound',
    [
      [0, { fact: 'started' }],
      [2, { fact: 'queued', queue: 'sales' }],
      [40, { fact: 'ended', outcome: 'abandoned' }],
    ],
    {
      outcome: 'abandoned',
      waitSeconds: 40,
      talkSeconds: 0,
      answeredBy: null,
    },
  ),
  story(
    'blind transfer',
    'inbound',
    [
      [0, { fact: 'ringing', leg: anna }],
      [5, { fact: 'answered', leg: anna }],
      [30, { fact: 'left', leg: anna }],
      [31, { fact: 'ringing', leg: boris }],
      [35, { fact: 'answered', leg: boris }],
      [65, { fact: 'left', leg: boris }],
      [65, { fact: 'ended' }],
      [66, total('answered', 5, 60, { leg: anna })],
    ],
    { outcome: 'answered', waitSeconds: 5, talkSeconds: 60, answeredBy: '101' },
  ),
  story(
    'attended transfer',
    'inbound',
    [
      [0, { fact: 'ringing', leg: anna }],
      [5, { fact: 'answered', leg: anna }],
      [20, { fact: 'held', leg: anna }],
      [21, { fact: 'ringing', leg: boris }],
      [25, { fact: 'answered', leg: boris }],
      [28, { fact: 'resumed', leg: anna }],
      [30, { fact: 'left', leg: anna }],
      [65, { fact: 'ended' }],
      [66, total('answered', 5, 60, { leg: anna })],
    ],
    { outcome: 'answered', waitSeconds: 5, talkSeconds: 60, answeredBy: '101' },
  ),
  story(
    'conference',
    'inbound',
    [
      [0, { fact: 'ringing', leg: anna }],
      [3, { fact: 'answered', leg: anna }],
      [10, { fact: 'ringing', leg: boris }],
      [12, { fact: 'answered', leg: boris }],
      [63, { fact: 'ended' }],
      [64, total('answered', 3, 60, { leg: anna })],
    ],
    { outcome: 'answered', waitSeconds: 3, talkSeconds: 60, answeredBy: '101' },
  ),
  story(
    'voicemail',
    'inbound',
    [
      [0, { fact: 'started' }],
      [1, { fact: 'ringing', leg: anna }],
      [21, { fact: 'left', leg: anna, outcome: 'missed' }],
      [50, { fact: 'ended', outcome: 'voicemail' }],
      [51, total('voicemail', 21, 0, { endedAt: at(50) })],
    ],
    {
      outcome: 'voicemail',
      waitSeconds: 21,
      talkSeconds: 0,
      answeredBy: null,
    },
  ),
  story(
    'click to call',
    'outbound',
    [
      [0, { fact: 'started', requestId: 'r1' }],
      [1, { fact: 'ringing', leg: anna }],
      [12, { fact: 'answered', leg: anna }],
      [42, { fact: 'ended' }],
      [43, total('answered', 12, 30, { leg: anna })],
    ],
    { outcome: 'answered', waitSeconds: 12, talkSeconds: 30, answeredBy: '101' },
  ),
  story(
    'callback nobody took',
    'outbound',
    [
      [0, { fact: 'started' }],
      [1, { fact: 'ringing', leg: anna }],
      [25, { fact: 'ended', outcome: 'cancelled' }],
    ],
    {
      outcome: 'cancelled',
      waitSeconds: 25,
      talkSeconds: 0,
      answeredBy: null,
    },
  ),
  story(
    'internal',
    'internal',
    [
      [0, { fact: 'started', caller: '101' }],
      [1, { fact: 'ringing', leg: boris }],
      [4, { fact: 'answered', leg: boris }],
      [14, { fact: 'ended' }],
      [15, total('answered', 4, 10, { leg: boris })],
    ],
    { outcome: 'answered', waitSeconds: 4, talkSeconds: 10, answeredBy: '102' },
  ),
]
