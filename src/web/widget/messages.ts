import type { VisitorFileView, VisitorMessage } from '../../api/contract/visitors.ts'
import type { Outgoing } from './outgoing.ts'

/** A message as the panel shows it. */
export interface Shown {
  /** The visitor's own id for what he wrote, the hub's for what he was written. */
  key: string
  isOwn: boolean
  text: string
  author: string | null
  files: VisitorFileView[]
  /** Milliseconds; rises down the page. */
  order: number
  at: number
  state: 'waiting' | 'stored' | 'refused' | 'seen'
  fault?: Outgoing['fault']
}

/** What was written both ways, without gaps on the screen and without doubles, however often something comes. */
export interface Messages {
  list(): Shown[]
  /** A page of the history, in any order. */
  merge(items: VisitorMessage[]): void
  /** New answers, put behind everything that is shown. */
  append(items: VisitorMessage[]): VisitorMessage[]
  /** What is still on its way, as it stands now. */
  putOutgoing(all: Outgoing[]): void
  /** Somebody has read all that is stored. */
  seeAll(): void
  clear(): void
}

export function createMessages(): Messages {
  const shown = new Map<string, Shown>()
  function list(): Shown[] {
    const all = [...shown.values()].sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1))
    // Whoever answers has read what came before.
    const answered = all.findLastIndex((one) => !one.isOwn)
    for (const one of all.slice(0, answered + 1)) if (one.isOwn && one.state === 'stored') one.state = 'seen'
    return all
  }
  const lastOrder = () => Math.max(0, ...[...shown.values()].map(({ order }) => order))

  function put(item: VisitorMessage, order: number): void {
    const key = item.ownId ?? item.id
    const before = shown.get(key)
    const at = Date.parse(item.at)
    const state = before?.state === 'seen' || (!item.isOwn && item.isRead) ? 'seen' : 'stored'
    shown.set(key, { key, isOwn: item.isOwn, text: item.text, author: item.author, files: item.files, order: before?.order ?? order, at, state })
  }

  return {
    list,
    merge(items) {
      for (const item of items) put(item, Date.parse(item.at))
    },
    append(items) {
      const fresh = items.filter((item) => !shown.has(item.id))
      for (const item of fresh) put(item, Math.max(Date.parse(item.at), lastOrder() + 0.001))
      return fresh
    },
    putOutgoing(all) {
      for (const { id, text, files, state, fault, at } of all) {
        const before = shown.get(id)
        if (before && before.state !== 'waiting' && before.state !== 'refused') continue
        const views = (files ?? []).map((file) => ({ id: file.name, name: file.name, type: file.type, size: file.size, url: null }))
        const order = before?.order ?? Math.max(at, lastOrder() + 0.001)
        shown.set(id, { key: id, isOwn: true, text, author: null, files: views, order, at, state, ...(fault && { fault }) })
      }
    },
    seeAll() {
      for (const one of shown.values()) if (one.isOwn && one.state === 'stored') one.state = 'seen'
    },
    clear: () => shown.clear(),
  }
}
