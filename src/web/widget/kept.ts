import type { VisitorLook } from '../../api/contract/visitors.ts'
import type { Outgoing } from './outgoing.ts'

/** What the browser keeps of a visitor, under this channel's key; no cookies. */
export interface Kept {
  token?: string
  visitorId?: string
  profile?: { name?: string; phone?: string; email?: string }
  /** As it was shown when he first wrote. */
  look?: VisitorLook
  isOpen?: boolean
  draft?: string
}

export interface Storage {
  kept: Kept
  save(changes: Partial<Kept>): void
  /** Messages on their way: one entry each, so that several tabs do not overwrite each other. */
  saveOutgoing(one: Outgoing): void
  removeOutgoing(id: string): void
  outgoing(): Outgoing[]
  /** Another tab of this site has said something. */
  onOtherTab(heard: () => void): void
  clear(): void
}

/** Where the browser forbids storage everything lives as long as the page. */
export function openStorage(key: string): Storage {
  const name = `switchboard:${key}`
  const store = safeStorage()
  const read = <Value>(from: string): Value | undefined => {
    try {
      return JSON.parse(store?.getItem(from) ?? '') as Value
    } catch {
      return undefined
    }
  }
  const write = (to: string, value: unknown) => {
    try {
      store?.setItem(to, JSON.stringify(value))
    } catch {
      // Full or forbidden: the page goes on without.
    }
  }
  const storage: Storage = {
    kept: read<Kept>(name) ?? {},
    save(changes) {
      storage.kept = { ...storage.kept, ...changes }
      write(name, storage.kept)
    },
    saveOutgoing: ({ files, ...one }) => files === undefined && write(`${name}:out:${one.id}`, one),
    removeOutgoing: (id) => store?.removeItem(`${name}:out:${id}`),
    outgoing: () =>
      Object.keys(store ?? {})
        .filter((one) => one.startsWith(`${name}:out:`))
        .flatMap((one) => read<Outgoing>(one) ?? [])
        .sort((a, b) => a.at - b.at),
    onOtherTab(heard) {
      addEventListener('storage', (event) => {
        if (event.key?.startsWith(`${name}:out:`)) heard()
      })
    },
    clear() {
      for (const one of storage.outgoing()) storage.removeOutgoing(one.id)
      storage.kept = storage.kept.look ? { look: storage.kept.look } : {}
      write(name, storage.kept)
    },
  }
  return storage
}

function safeStorage(): globalThis.Storage | undefined {
  try {
    localStorage.setItem('switchboard:try', '1')
    localStorage.removeItem('switchboard:try')
    return localStorage
  } catch {
    return undefined
  }
}
