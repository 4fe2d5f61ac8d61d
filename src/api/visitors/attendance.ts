import type { LoadedChannel } from '../../core/channels/channel.ts'
import type { Queryable } from '../../core/database/pool.ts'
import { type Attendance, readAttendance } from '../../core/visitors/read-attendance.ts'

const freshMs = 5_000

/** Whether somebody can answer, asked of the database at most every five seconds for each channel, however many pages ask. */
export function keepAttendance(pool: Queryable): (channel: LoadedChannel) => Promise<Attendance> {
  const known = new Map<string, { at: number; attendance: Promise<Attendance> }>()
  return async (channel) => {
    const before = known.get(channel.id)
    if (before && Date.now() - before.at < freshMs) return await before.attendance
    const attendance = channel.pausedAt ? Promise.resolve({ isOnline: false, opensAt: null }) : readAttendance(pool, channel)
    known.set(channel.id, { at: Date.now(), attendance })
    attendance.catch(() => known.delete(channel.id))
    return await attendance
  }
}
