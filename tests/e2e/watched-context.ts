import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

export interface WatchedContext {
  context: BrowserContext
  page: Page
  /** Errors of the console and of scripts, as they came. */
  errors: string[]
  /** Addresses asked for that are not the hub's. */
  strangers: string[]
  /** Cuts the live socket and keeps it from coming back until called with false. */
  cutSocket(isCut: boolean): Promise<void>
}

/** A browser that belongs to one person, and everything it should not have done. */
export async function openWatched(browser: Browser, hubUrl: string, options: BrowserContextOptions = {}): Promise<WatchedContext> {
  const context = await browser.newContext({
    locale: 'ru-RU',
    timezoneId: 'Europe/Samara',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(60_000)
  const errors: string[] = []
  const strangers: string[] = []
  let isCut = false
  const open = new Set<{ close(options?: { code?: number }): Promise<void> }>()
  await context.routeWebSocket(/\/socket\.io\//, async (socket) => {
    if (isCut) {
      await socket.close({ code: 4000 })
      return
    }
    const server = socket.connectToServer()
    const pair = {
      close: async (given?: { code?: number }) => {
        await socket.close(given)
        await server.close(given)
      },
    }
    open.add(pair)
  })
  context.on('request', (request) => {
    const address = new URL(request.url())
    if (['http:', 'https:', 'ws:', 'wss:'].includes(address.protocol) && address.origin !== hubUrl) strangers.push(request.url())
  })
  context.on('console', (message) => {
    const isSessionProbe = message.location().url.endsWith('/api/v1/session') && message.text().includes('401')
    const isCutLine = message.text().includes('/socket.io/') || message.location().url.includes('/socket.io/')
    if (message.type() === 'error' && !isSessionProbe && !isCutLine) errors.push(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => errors.push(String(error.error())))
  const page = await context.newPage()
  return {
    context,
    page,
    errors,
    strangers,
    async cutSocket(cut) {
      isCut = cut
      if (!cut) return
      await Promise.all([...open].map((pair) => pair.close({ code: 4000 })))
      open.clear()
    },
  }
}
