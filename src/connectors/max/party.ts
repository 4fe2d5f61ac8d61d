import type { IdentityClaim, Party } from '../../core/connector/identity.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import type { Attachment, User } from './payloads.ts'

/** Ids of users are the same for every bot. The username can change hands: shown, never a key. */
export function partyOf(user: User, more: { locale?: string | null | undefined; phone?: string | undefined } = {}): Party {
  const name = [user.first_name, user.last_name].filter(Boolean).join(' ') || user.name
  const picture = user.full_avatar_url ?? user.avatar_url
  const phone: IdentityClaim[] = more.phone === undefined ? [] : [{ kind: 'phone', value: more.phone, evidence: 'attested' }]
  return {
    identities: [{ kind: 'max', value: String(user.user_id), evidence: 'attested' }, ...phone],
    ...(name && { name }),
    ...(user.username && { username: user.username }),
    ...(more.locale && { language: more.locale }),
    ...(picture && { picture }),
  }
}

/** Milliseconds since 1970; nothing for what no calendar holds. */
export function occurredAt(milliseconds: number): { occurredAt?: string } {
  const at = readTime(String(Math.trunc(milliseconds)), 'UTC')
  return at === undefined ? {} : { occurredAt: at }
}

export interface SharedContact {
  name: string
  phone: string | undefined
  /** Whose card it is, where he is in MAX. */
  userId: number | undefined
}

/** A card: `vcf_info` is a vCard, its lines sometimes written with their escapes. */
export function readContact({ payload }: Attachment): SharedContact {
  const card = (payload?.vcf_info ?? '').replaceAll(String.raw`\r\n`, '\n').replaceAll(String.raw`\n`, '\n')
  const digits = /^TEL[^:\n]*:\s*(\+?[\d\s().-]+)/im.exec(card)?.[1]?.replaceAll(/[^\d+]/g, '')
  const owner = payload?.max_info ?? payload?.tam_info
  return {
    name: /^FN[^:\n]*:(.*)$/im.exec(card)?.[1]?.trim() || [owner?.first_name, owner?.last_name].filter(Boolean).join(' '),
    phone: digits === undefined || digits === '' ? undefined : digits.replace(/^(?=\d)/, '+'),
    userId: owner?.user_id,
  }
}
