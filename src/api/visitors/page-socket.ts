import type { WebSocket } from 'ws'
import type { Vault } from '../../core/channels/vault.ts'
import type { Pool } from '../../core/database/pool.ts'
import { readAnswers } from '../../core/visitors/read-history.ts'
import type { ToPage } from '../contract/visitors.ts'
import { presentMessage } from './present-message.ts'
import type { VisitorChannel } from './visitor-door.ts'

const pageSize = 100
/** So much not taken by a page: it is gone, or reads at a snail's pace; it comes back by itself and misses nothing. */
const mostUnsent = 1_000_000

/** One open page of a visitor. Small: there may be thousands. */
export interface PageSocket {
  socket: WebSocket
  found: VisitorChannel
  /** All ids of the visitor. */
  ids: string[]
  /** What he has been shown of our answers, up to here. */
  after: string | null
  isAlive: boolean
  /** Answers are being read; something came meanwhile. */
  isReading: boolean
  isWanted: boolean
}

export function tellPage(page: PageSocket, said: ToPage): void {
  if (page.socket.readyState !== page.socket.OPEN) return
  if (page.socket.bufferedAmount > mostUnsent) page.socket.terminate()
  else page.socket.send(JSON.stringify(said))
}

/** Reads what the page has not got yet and sends it, in order; one reading at a time. */
export async function bringAnswers(deps: { pool: Pool; vault: Vault }, page: PageSocket): Promise<void> {
  page.isWanted = true
  if (page.isReading) return
  page.isReading = true
  try {
    while (page.isWanted && page.socket.readyState === page.socket.OPEN) {
      page.isWanted = false
      const { channel, greet } = page.found
      const now = new Date()
      const { showsNames } = greet({ language: '', now })
      const { items, after } = await readAnswers(
        deps.pool,
        { channelId: channel.id, ids: page.ids, showsNames },
        { after: page.after, limit: pageSize },
      )
      if (items.length === 0 || after === null) continue
      page.after = after
      page.isWanted ||= items.length === pageSize
      tellPage(page, { is: 'answers', items: items.map((item) => presentMessage(deps.vault, channel, item, now)), after })
    }
  } finally {
    page.isReading = false
  }
}
