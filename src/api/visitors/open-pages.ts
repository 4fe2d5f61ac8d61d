import type { PageSocket } from './page-socket.ts'

/** The pages that are open at this process, by visitor. */
export interface OpenPages {
  add(page: PageSocket): void
  remove(page: PageSocket): void
  of(channelId: string, visitorId: string): ReadonlySet<PageSocket>
  all(): Iterable<PageSocket>
  isOpen(channelId: string, visitorId: string): boolean
}

const none: ReadonlySet<PageSocket> = new Set()

export function createOpenPages(): OpenPages {
  const byVisitor = new Map<string, Set<PageSocket>>()
  const pages = new Set<PageSocket>()
  const namesOf = (page: PageSocket) => page.ids.map((id) => `${page.found.channel.id} ${id}`)
  return {
    add(page) {
      pages.add(page)
      for (const name of namesOf(page)) byVisitor.set(name, (byVisitor.get(name) ?? new Set()).add(page))
    },
    remove(page) {
      pages.delete(page)
      for (const name of namesOf(page)) {
        const left = byVisitor.get(name)
        left?.delete(page)
        if (left?.size === 0) byVisitor.delete(name)
      }
    },
    of: (channelId, visitorId) => byVisitor.get(`${channelId} ${visitorId}`) ?? none,
    all: () => pages,
    isOpen: (channelId, visitorId) => byVisitor.has(`${channelId} ${visitorId}`),
  }
}
