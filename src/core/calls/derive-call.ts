import { type CallFact, type CallOutcome, callFacts } from '../connector/event.ts'
import type { CallFactAt, CallState, DerivedCall, Leg } from './call.ts'

/**
 * Derives a call from the set of its events. Pure and blind to their order: equal sets, repeated and shuffled, give equal calls. What the vendor's
 * final record says goes before what the events add up to; an end without a word about its outcome leaves the outcome open.
 */
export function deriveCall(given: readonly CallFactAt[]): DerivedCall {
  const facts = [...new Map(given.map((fact) => [fact.key, fact])).values()].sort(compareFacts)
  const summary = facts.findLast((fact) => fact.fact === 'summary')
  const legs = legsOf(facts)
  const answered = facts.find((fact) => fact.fact === 'answered')
  const end = facts.findLast((fact) => fact.fact === 'ended')
  const startedAt = summary?.startedAt ?? facts[0]?.at ?? new Date(0).toISOString()
  const isOver = summary !== undefined || end !== undefined
  const endedAt = isOver ? (summary?.endedAt ?? end?.endedAt ?? end?.at ?? summary?.at ?? null) : null
  const outcome = isOver ? (summary?.outcome ?? (answered ? 'answered' : undefined) ?? end?.outcome ?? null) : null
  const answeredAt = wasAnswered(outcome, isOver) ? (summary?.answeredAt ?? answered?.at ?? null) : null
  return {
    direction: directionOf(facts),
    state: isOver ? 'ended' : stateOf(facts, legs),
    outcome,
    from: said(facts, 'caller'),
    to: said(facts, 'callee'),
    dialled: said(facts, 'dialled'),
    queue: said(facts, 'queue'),
    startedAt,
    answeredAt,
    endedAt,
    waitSeconds: summary?.waitSeconds ?? secondsBetween(startedAt, answeredAt ?? endedAt),
    talkSeconds: talkSecondsOf(outcome, summary?.talkSeconds, answeredAt, endedAt),
    answeredBy: wasAnswered(outcome, isOver) ? (summary?.leg?.user ?? answered?.leg?.user ?? null) : null,
    legs: isOver ? legs.map((leg) => ({ ...leg, state: 'left' })) : legs,
  }
}

function wasAnswered(outcome: CallOutcome | null, isOver: boolean): boolean {
  return !isOver || outcome === 'answered'
}

function talkSecondsOf(outcome: CallOutcome | null, total: number | undefined, answeredAt: string | null, endedAt: string | null): number | null {
  if (endedAt === null || outcome === null) return null
  if (outcome !== 'answered') return 0
  return total ?? secondsBetween(answeredAt, endedAt)
}

/** What the vendor does not count stands behind what it does, within one moment: a hold in the second of its answer came after it. */
const uncounted = Number.MAX_SAFE_INTEGER

/** By time, then by the vendor's counter, then by what comes first in the life of a call, then by key: never by arrival. */
function compareFacts(a: CallFactAt, b: CallFactAt): number {
  return (
    Date.parse(a.at) - Date.parse(b.at) ||
    (a.order ?? uncounted) - (b.order ?? uncounted) ||
    rankOf(a.fact) - rankOf(b.fact) ||
    (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  )
}

function rankOf(fact: CallFact): number {
  return callFacts.indexOf(fact)
}

/** An event that names a client's end knows more than one that saw only phones of ours. */
function directionOf(facts: CallFactAt[]): DerivedCall['direction'] {
  const summary = facts.findLast((fact) => fact.fact === 'summary' && fact.direction !== undefined)
  const outer = facts.find((fact) => fact.direction !== undefined && fact.direction !== 'internal')
  return summary?.direction ?? outer?.direction ?? facts.find((fact) => fact.direction !== undefined)?.direction ?? 'inbound'
}

function said(facts: CallFactAt[], what: 'caller' | 'callee' | 'dialled' | 'queue'): string | null {
  const last = facts.findLast((fact) => fact.fact === 'summary' && fact[what] !== undefined)
  return (last ?? facts.find((fact) => fact[what] !== undefined))?.[what] ?? null
}

function stateOf(facts: CallFactAt[], legs: Leg[]): CallState {
  if (legs.some((leg) => leg.state === 'talking' || leg.state === 'held')) return 'talking'
  if (legs.some((leg) => leg.state === 'ringing')) return 'ringing'
  if (facts.some((fact) => fact.fact === 'answered' && fact.leg === undefined)) return 'talking'
  return facts.some((fact) => fact.fact === 'queued') ? 'queued' : 'ringing'
}

function legsOf(facts: CallFactAt[]): Leg[] {
  const byLeg = Map.groupBy(
    facts.filter((fact) => fact.leg !== undefined && fact.fact !== 'summary'),
    (fact) => fact.leg?.id ?? '',
  )
  return [...byLeg]
    .map(([id, own]) => legOf(id, own))
    .sort((a, b) => (a.startedAt ?? '').localeCompare(b.startedAt ?? '') || a.id.localeCompare(b.id))
}

function legOf(id: string, facts: CallFactAt[]): Leg {
  const answered = facts.find((fact) => fact.fact === 'answered')
  const left = facts.findLast((fact) => fact.fact === 'left')
  const hold = facts.findLast((fact) => fact.fact === 'held' || fact.fact === 'resumed' || fact.fact === 'answered')
  return {
    id,
    user: facts.find((fact) => fact.leg?.user !== undefined)?.leg?.user ?? null,
    state: left ? 'left' : hold?.fact === 'held' ? 'held' : hold ? 'talking' : 'ringing',
    startedAt: facts[0]?.at ?? null,
    answeredAt: answered?.at ?? null,
    endedAt: left?.at ?? null,
    outcome: left ? (left.outcome ?? (hold ? 'answered' : null)) : null,
  }
}

function secondsBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
}
