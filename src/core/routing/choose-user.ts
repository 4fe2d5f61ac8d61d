import type { Sharing } from './rule.ts'

/** Somebody who is there and takes new clients. */
export interface Candidate {
  userId: string
  /** Clients who wait for him already. */
  load: number
  /** Place in the list of his team. */
  position: number
  /** When he last got somebody, milliseconds since 1970; 0: never. */
  lastGivenAt: number
}

export interface Wish {
  sharing: Sharing
  ownerFirst: boolean
  ownerId: string | null
}

/** `user`: it goes to him. `everyone`: all are told. `nobody`: it stays for whoever takes it. `later`: nobody is there. */
export type Choice = { to: 'user'; userId: string } | { to: 'everyone' } | { to: 'nobody' } | { to: 'later' }

/** Who gets the next client. `present` are all who are available, `team` those of them the rule shares among. */
export function chooseUser(wish: Wish, team: readonly Candidate[], present: ReadonlySet<string>): Choice {
  if (wish.ownerFirst && wish.ownerId !== null && present.has(wish.ownerId)) return { to: 'user', userId: wish.ownerId }
  if (wish.sharing === 'nobody') return { to: 'nobody' }
  const [first] = [...team].sort(orders[wish.sharing])
  if (!first) return { to: 'later' }
  return wish.sharing === 'everyone' ? { to: 'everyone' } : { to: 'user', userId: first.userId }
}

type Order = (a: Candidate, b: Candidate) => number

const byTurn: Order = (a, b) => a.lastGivenAt - b.lastGivenAt || a.position - b.position || compare(a.userId, b.userId)
const orders: Record<Exclude<Sharing, 'nobody'>, Order> = {
  least_loaded: (a, b) => a.load - b.load || byTurn(a, b),
  round_robin: byTurn,
  in_order: (a, b) => a.position - b.position || compare(a.userId, b.userId),
  everyone: byTurn,
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
