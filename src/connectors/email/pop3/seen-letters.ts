import { createHash } from 'node:crypto'
import type { ChannelState } from '../../../core/connector/hub.ts'

const perPage = 5000
const maxPages = 200

/** Names of letters already taken, by short hashes, in pages that fit the channel's state (64 kB a value). */
export interface SeenLetters {
  has(uid: string): boolean
  add(uid: string): void
  /** Writes the pages that changed. */
  save(): Promise<void>
  /** Forgets names that the server no longer lists, when they are more than half. True when a full mailbox got all new names: it was rebuilt. */
  compact(present: string[]): boolean
}

export async function readSeenLetters(state: ChannelState): Promise<SeenLetters> {
  const pages: string[][] = []
  for (let index = 0; index < maxPages; index += 1) {
    const text = await state.get(pageName(index))
    if (text === undefined || text === '') break
    pages.push(text.split(' '))
  }
  const known = new Set(pages.flat())
  const dirty = new Set<number>()
  return {
    has: (uid) => known.has(short(uid)),
    add(uid) {
      const name = short(uid)
      if (known.has(name)) return
      known.add(name)
      if (pages.length === 0 || (pages.at(-1)?.length ?? 0) >= perPage) pages.push([])
      pages.at(-1)?.push(name)
      dirty.add(pages.length - 1)
    },
    async save() {
      for (const index of [...dirty].sort((a, b) => a - b)) await state.set(pageName(index), pages[index]?.join(' ') ?? '')
      dirty.clear()
    },
    compact(present) {
      const kept = present.map(short).filter((name) => known.has(name))
      if (kept.length * 2 > known.size) return false
      const isRebuilt = present.length >= known.size / 2
      const former = pages.length
      known.clear()
      for (const name of kept) known.add(name)
      pages.length = 0
      for (let at = 0; at < kept.length; at += perPage) pages.push(kept.slice(at, at + perPage))
      for (let index = 0; index < former; index += 1) dirty.add(index)
      return isRebuilt && former > 0
    },
  }
}

const pageName = (index: number) => `pop3-seen:${index}`
const short = (uid: string) => createHash('sha256').update(uid).digest('base64url').slice(0, 10)
