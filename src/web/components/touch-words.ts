import type { api } from '../api/client.ts'

export const touchMedia = ['visit', 'post', 'voice'] as const

/** What the form holds; times as `2026-11-23T09:00`, by this browser's clock. */
export interface TouchWords {
  medium: string
  direction: 'inbound' | 'outbound'
  at: string
  /** To the millisecond, while nobody has changed the minute: the client may have written within it. Absent: the moment of saving. */
  exactAt?: string
  isAtChosen?: boolean
  disposition: string
  topic: string
  source: string
  note: string
  next: string
  nextAt: string
  /** Absent until somebody chose: then the way and who began tell. */
  answered?: boolean
}

type Logged = Pick<
  Awaited<ReturnType<typeof api.entries.get>>,
  'id' | 'medium' | 'direction' | 'occurredAt' | 'text' | 'subject' | 'source' | 'extra'
>

export function unsaid(now: Date): TouchWords {
  return { medium: 'visit', direction: 'inbound', at: wallClock(now), disposition: '', topic: '', source: '', note: '', next: '', nextAt: '' }
}

export function wordsOf(logged: Logged): TouchWords {
  return {
    ...unsaid(new Date(logged.occurredAt)),
    medium: logged.medium ?? 'visit',
    exactAt: logged.occurredAt,
    direction: logged.direction === 'outbound' ? 'outbound' : 'inbound',
    disposition: typeof logged.extra?.disposition === 'string' ? logged.extra.disposition : '',
    topic: logged.subject ?? '',
    source: logged.source?.campaign ?? '',
    note: logged.text,
    answered: logged.extra?.answered === true,
  }
}

export function touchOf(words: TouchWords) {
  const { medium, direction, disposition, topic, source, note, next, nextAt } = words
  const answered = isAnswer(words)
  const nextStep = next.trim() && nextAt ? { title: next.trim(), dueAt: new Date(nextAt).toISOString() } : undefined
  return { medium, direction, ...momentOf(words), disposition: disposition || null, topic, source, note, answered, nextStep }
}

function momentOf({ at, exactAt, isAtChosen }: TouchWords): { at?: string } {
  if (isAtChosen) return { at: new Date(at).toISOString() }
  return exactAt ? { at: exactAt } : {}
}

/** Whoever was spoken to was answered, whichever of the two began; else what somebody chose. */
export function isAnswer({ answered, direction, medium }: TouchWords): boolean {
  return answered ?? (direction === 'outbound' || medium !== 'post')
}

function wallClock(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
