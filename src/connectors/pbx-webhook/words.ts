import type { CallFact, CallOutcome } from '../../core/connector/event.ts'
import type { Settings } from './settings.ts'

export type EventWord = CallFact | 'recording' | 'ignore'

const events: [RegExp, EventWord][] = [
  [/noanswer|notanswer|unanswer|missed|lost|abandon/, 'ended'],
  [/record/, 'recording'],
  [/summary|history|cdr|report|total/, 'summary'],
  [/queue|enqueue|waiting/, 'queued'],
  [/unhold|resum|retriev/, 'resumed'],
  [/hold/, 'held'],
  [/answer|accept|connect|talk|inprogress|bridge|pickup/, 'answered'],
  [/leg(left|end|hangup)|left|leave/, 'left'],
  [/ring|alert|appear|dial|incoming|outgoing|internal|offer/, 'ringing'],
  [/end|hangup|hungup|complet|finish|terminat|disconnect|cancel|busy|fail/, 'ended'],
  [/start|new|init|creat/, 'started'],
]

/** What a PBX's word for an event means; undefined: nothing known. */
export function eventOf(word: string, settings: Settings): EventWord | undefined {
  const own = Object.entries(settings.events).find(([name]) => name.toLowerCase() === word.toLowerCase())
  if (own) return own[1]
  const plain = word.toLowerCase().replaceAll(/[^a-z]/g, '')
  if (/disconnect/.test(plain)) return 'ended'
  return events.find(([pattern]) => pattern.test(plain))?.[1]
}

const outcomes: [RegExp, CallOutcome][] = [
  [/voicemail|^vm/, 'voicemail'],
  [/abandon|queuetimeout/, 'abandoned'],
  [/busy|reject|declin|dnd/, 'busy'],
  [/noanswer|notanswered|unanswered|missed|lost|timeout/, 'missed'],
  [/cancel/, 'cancelled'],
  [/answer|success|complet|^ok$|connected/, 'answered'],
  [/fail|error|congestion|unavail|invalid|unallocated|notfound/, 'failed'],
]

/** How the call ended, by the PBX's word for it; `normal clearing` and the like tell nothing. */
export function outcomeOf(word: string | undefined): CallOutcome | undefined {
  const plain = (word ?? '').toLowerCase().replaceAll(/[^a-z]/g, '')
  return plain === '' ? undefined : outcomes.find(([pattern]) => pattern.test(plain))?.[1]
}

/** 0, 1, 2 as several PBXs count: internal, in, out. */
export function directionOf(word: string | undefined): 'inbound' | 'outbound' | 'internal' | undefined {
  const plain = (word ?? '').toLowerCase()
  if (/^(in|1$|incoming|inbound|вход)/.test(plain) && !plain.startsWith('int')) return 'inbound'
  if (/^(out|2$|исход)/.test(plain)) return 'outbound'
  return /^(int|0$|local|внутр)/.test(plain) ? 'internal' : undefined
}
