import type { Queryable } from '../database/pool.ts'
import { candidatesOf, selectPresent } from '../routing/routing-store.ts'
import { openFrom, readRuleOf } from '../routing/rule-store.ts'

/** Whether somebody can answer on a channel now. `opensAt`: ISO 8601 UTC, when it is closed and opens again. */
export interface Attendance {
  isOnline: boolean
  opensAt: string | null
}

/** By the hours of the channel and by who is there of those who answer on it. */
export async function readAttendance(db: Queryable, channel: { id: string; teamId: string | null }, now = new Date()): Promise<Attendance> {
  const [rule, present] = await Promise.all([readRuleOf(db, channel.id, channel.teamId), selectPresent(db)])
  const opens = await openFrom(db, rule.hours, now)
  const isOpen = opens !== null && opens <= now
  const isAttended = channel.teamId === null ? present.length > 0 : candidatesOf(present, channel.teamId).length > 0
  return { isOnline: isOpen && isAttended, opensAt: !isOpen && opens !== null ? opens.toISOString() : null }
}
