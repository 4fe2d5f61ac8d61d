import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Pool } from '../database/pool.ts'
import { sendingChannels } from './fire-rule.ts'
import { readOccasions, readPastEntries } from './occasion-store.ts'
import { decideFiring, type FiringReason, type History, type RuleFields } from './rule.ts'

const days = 7
const mostEntries = 2_000

export interface DryRunItem {
  entryId: string
  contactId: string
  contactName: string
  at: string
  reason: FiringReason
  channelId: string | null
  to: string | null
}

export interface DryRun {
  /** Newest first. */
  items: DryRunItem[]
  sent: number
  /** There was more in that week than was looked at. */
  isCut: boolean
}

/**
 * What a rule would have done with the last seven days (at most 2000 events), decided one after the other as if each had just come; what it
 * would have sent counts for what follows. Opt-outs, ways and channels are those of now. Nothing is sent and nothing is stored.
 */
export async function dryRunRule({ pool, directory }: { pool: Pool; directory: ChannelDirectory }, rule: RuleFields): Promise<DryRun> {
  const entryIds = await readPastEntries(pool, rule, { days, limit: mostEntries })
  const found = new Map((await readOccasions(pool, entryIds)).map((occasion) => [occasion.entryId, occasion]))
  const channels = sendingChannels(directory)
  const histories = new Map<string, History>()
  const items: DryRunItem[] = []
  for (const entryId of entryIds) {
    const occasion = found.get(entryId)
    if (!occasion) continue
    const history = histories.get(occasion.cardId) ?? { lastSentAt: null, automatic: [] }
    const at = occasion.receivedAt
    const decision = decideFiring(rule, { ...occasion, isAnswered: false }, history, channels, at)
    const way = decision.fires ? decision.way : undefined
    if (way) {
      const sent = { channelId: way.channelId, to: way.to.value, at }
      histories.set(occasion.cardId, { lastSentAt: at, automatic: [...history.automatic, sent] })
    }
    items.push({
      entryId,
      contactId: occasion.cardId,
      contactName: occasion.cardName,
      at: at.toISOString(),
      reason: decision.fires ? 'sent' : decision.reason,
      channelId: way?.channelId ?? null,
      to: way?.to.value ?? null,
    })
  }
  return {
    items: items.reverse(),
    sent: items.filter((item) => item.reason === 'sent').length,
    isCut: entryIds.length === mostEntries,
  }
}
