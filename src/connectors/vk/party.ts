import type { Party } from '../../core/connector/identity.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import type { Profile } from './payloads.ts'

// `lang_id` of client_info: https://dev.vk.com/en/reference/objects/client-info
const languages: Record<number, string> = { 0: 'ru', 1: 'uk', 2: 'be', 3: 'en', 4: 'es', 5: 'fi', 6: 'de', 7: 'it' }

/** Ids of users are the same for every community. Events hold no names; the session adds a profile where it can. */
export function partyOf(userId: number, known: { profile?: Profile | undefined; languageId?: number | undefined } = {}): Party {
  const { profile, languageId } = known
  const name = [profile?.first_name, profile?.last_name].filter(Boolean).join(' ')
  const language = languageId === undefined ? undefined : languages[languageId]
  return {
    identities: [{ kind: 'vk', value: String(userId), evidence: 'attested' }],
    ...(name && { name }),
    ...(profile?.screen_name && { username: profile.screen_name }),
    ...(language && { language }),
    // Without a photo of his own VK names its camera.
    ...(profile?.photo_200 && profile.has_photo !== 0 && { picture: profile.photo_200 }),
  }
}

/** Seconds since 1970; nothing for what no calendar holds. */
export function occurredAt(seconds: number): { occurredAt?: string } {
  const at = readTime(String(Math.trunc(seconds)), 'UTC')
  return at === undefined ? {} : { occurredAt: at }
}
