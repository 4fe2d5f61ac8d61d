import type { Evidence } from '../connector/identity.ts'

/** A card that one of an event's identities points at. */
export interface Candidate {
  contactId: string
  identity: { kind: string; value: string }
  /** How far the event itself proves the identity. */
  claim: Evidence
  /** How far the card's own link to the identity is proven. */
  link: Evidence
  lastTouchAt: Date
}

export type MatchReason = 'known_identity' | 'strongest_of_several' | 'most_recent_of_several' | 'new_contact' | 'no_identity' | 'thread' | 'moved'

export interface Match {
  reason: MatchReason
  evidence: Evidence | null
  identity: { kind: string; value: string } | null
  /** More than one card was possible: a person should look. */
  flagged?: true
}

const strength: Record<Evidence, number> = { attested: 4, verified: 3, manual: 2, claimed: 1 }

/**
 * Chooses the card an event belongs to: strongest evidence first (of the event's claim, then of the card's link), then the card touched last.
 * `rest` are the other cards it could have been: each becomes a merge suggestion, none is merged. Merges that people made are not looked at here:
 * whatever comes is written as if there were none, so that any of them can be undone (promise 7).
 */
export function chooseCandidate(candidates: readonly Candidate[]): { chosen: Candidate; rest: Candidate[]; match: Match } | undefined {
  const ordered = [...candidates].sort(compareCandidates)
  const chosen = ordered[0]
  if (!chosen) return undefined
  const seen = new Set([chosen.contactId])
  const rest = ordered.filter((candidate) => !seen.has(candidate.contactId) && seen.add(candidate.contactId))
  const identity = chosen.identity
  const runnerUp = rest[0]
  if (!runnerUp) return { chosen, rest, match: { reason: 'known_identity', evidence: chosen.claim, identity } }
  const isStronger = strengthOf(chosen) > strengthOf(runnerUp)
  const reason = isStronger ? 'strongest_of_several' : 'most_recent_of_several'
  return { chosen, rest, match: { reason, evidence: chosen.claim, identity, flagged: true } }
}

/** The stronger of two proofs. */
export function strongerEvidence(a: Evidence, b: Evidence): Evidence {
  return strength[a] >= strength[b] ? a : b
}

function strengthOf(candidate: Candidate): number {
  return strength[candidate.claim] * 10 + strength[candidate.link]
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return strengthOf(b) - strengthOf(a) || b.lastTouchAt.getTime() - a.lastTouchAt.getTime() || (a.contactId < b.contactId ? -1 : 1)
}
