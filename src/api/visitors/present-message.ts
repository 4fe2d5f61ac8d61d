import type { Vault } from '../../core/channels/vault.ts'
import type { VisitorItem } from '../../core/visitors/read-history.ts'
import type { VisitorMessage } from '../contract/visitors.ts'
import { fileAddress } from './visitor-files.ts'

/** As the page gets it: files with addresses of their own. */
export function presentMessage(vault: Vault, channel: { id: string; key: string }, item: VisitorItem, now: Date): VisitorMessage {
  return {
    ...item,
    files: item.files.map(({ isReady, ...file }) => ({ ...file, url: isReady ? fileAddress(vault, channel, file.id, now) : null })),
  }
}
