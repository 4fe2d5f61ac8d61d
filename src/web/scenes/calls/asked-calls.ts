import { startOfDay, todayHere } from '../../components/day-span.ts'

export const views = ['all', 'missed', 'unreviewed', 'short', 'sampled'] as const
export const directions = ['inbound', 'outbound', 'internal'] as const
export const outcomes = ['answered', 'missed', 'abandoned', 'busy', 'failed', 'voicemail', 'cancelled'] as const

/** What of the calls is shown; empty: all. */
export interface Shown {
  query: string
  view: (typeof views)[number]
  /** `2026-11-22`, of the viewer's calendar. */
  day: string
  userId: string
  direction: '' | (typeof directions)[number]
  outcome: '' | (typeof outcomes)[number]
  dialled: string
  minSeconds: string
  maxSeconds: string
}

export const everyCall: Shown = {
  query: '',
  view: 'all',
  day: '',
  userId: '',
  direction: '',
  outcome: '',
  dialled: '',
  minSeconds: '',
  maxSeconds: '',
}

const shortSeconds = 30

/** As the API asks for it. */
export function asked({ query, view, day, userId, direction, outcome, dialled, minSeconds, maxSeconds }: Shown) {
  return {
    ...(query.trim() && { query: query.trim() }),
    ...(day && { from: startOfDay(day).toISOString(), to: startOfDay(day, 1).toISOString() }),
    ...(userId && { userId }),
    ...(direction && { direction }),
    ...(outcome && { outcome }),
    ...(dialled.trim() && { dialled: dialled.trim() }),
    ...(minSeconds && { minSeconds: Number(minSeconds) }),
    ...(maxSeconds && { maxSeconds: Number(maxSeconds) }),
    ...(view === 'missed' && { missed: 'true' as const }),
    ...(view === 'unreviewed' && { reviewed: 'false' as const }),
    ...(view === 'short' && { maxSeconds: shortSeconds, outcome: 'answered' as const }),
    ...(view === 'sampled' && { sampled: day || todayHere() }),
  }
}

/** The same as an export asks for it. */
export function exported({ missed, reviewed, ...filter }: ReturnType<typeof asked>) {
  return { ...filter, ...(missed && { missed: true }), ...(reviewed && { reviewed: false }) }
}
