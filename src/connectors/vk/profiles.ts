import { z } from 'zod'
import type { Call } from './client.ts'
import { messageNew, type Profile, profile, profileFields } from './payloads.ts'

const mostKept = 5000

/** Names of people who write, asked for once per session and person: events hold only numbers. */
export interface Profiles {
  /** The event with the profile of its sender beside its object, where VK tells one. Never throws. */
  addTo(event: Record<string, unknown>, signal: AbortSignal): Promise<Record<string, unknown>>
}

export function createProfiles(call: Call): Profiles {
  const known = new Map<number, Profile | undefined>()

  async function profileOf(userId: number, signal: AbortSignal): Promise<Profile | undefined> {
    if (known.has(userId)) return known.get(userId)
    const found = await call('users.get', { user_ids: userId, fields: profileFields }, z.array(profile), { signal }).catch(() => undefined)
    if (found === undefined) return undefined
    if (known.size >= mostKept) known.clear()
    known.set(userId, found[0])
    return found[0]
  }

  return {
    async addTo(event, signal) {
      const from = event.type === 'message_new' ? messageNew.safeParse(event.object).data?.message.from_id : undefined
      const found = from !== undefined && from > 0 ? await profileOf(from, signal) : undefined
      return found ? { ...event, profile: found } : event
    },
  }
}
