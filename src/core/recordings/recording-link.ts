import { timingSafeEqual } from 'node:crypto'
import type { Vault } from '../channels/vault.ts'

/** How long a signed link plays, ms: long enough to listen to the longest call twice, too short to be passed around. */
export const linkLifeMs = 2 * 3_600_000

/** A link that plays without a session until `expiresAt`, ms since 1970; only the hub's key makes one. `forDownload` is signed too. */
export function signLink(vault: Vault, link: { recordingId: string; userId: string; forDownload: boolean; expiresAt: number }): string {
  return vault.mac('recording link', `${link.recordingId} ${link.userId} ${link.forDownload ? 'download' : 'listen'} ${link.expiresAt}`)
}

export function isLinkValid(
  vault: Vault,
  link: { recordingId: string; userId: string; forDownload: boolean; expiresAt: number },
  signature: string,
  now: number,
): boolean {
  if (!(link.expiresAt > now) || link.expiresAt > now + linkLifeMs) return false
  const expected = Buffer.from(signLink(vault, link))
  const shown = Buffer.from(signature)
  return expected.length === shown.length && timingSafeEqual(expected, shown)
}
