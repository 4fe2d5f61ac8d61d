import type { Party } from '../../core/connector/identity.ts'
import { nameOf } from './content.ts'
import { writePictureRef } from './ids.ts'
import type { User } from './payloads.ts'

/** User ids are the same for every bot, so the kind is not scoped. The username can change hands: shown, never a key. */
export function partyOf(user: User): Party {
  const name = nameOf(user)
  return {
    identities: [{ kind: 'telegram', value: String(user.id), evidence: 'attested' }],
    ...(name === '' ? {} : { name }),
    ...(user.username === undefined ? {} : { username: user.username }),
    ...(user.language_code === undefined ? {} : { language: user.language_code }),
    picture: writePictureRef(user.id),
  }
}

/** Seconds since 1970, as Telegram counts, to ISO 8601. What no calendar holds becomes the epoch. */
export function isoTime(seconds: number): string {
  const at = new Date(seconds * 1000)
  return (Number.isNaN(at.getTime()) ? new Date(0) : at).toISOString()
}
