import type { ImapFlow } from 'imapflow'
import type { Hub } from '../../../core/connector/hub.ts'
import { sleep } from '../keep-running.ts'
import type { Incoming } from '../servers/endpoints.ts'
import { connectFailure } from '../servers/mail-error.ts'
import type { EmailSettings } from '../settings.ts'
import { fillStep, type PassContext, type Progress, takeNew } from './folder-pass.ts'
import { openedAt } from './folder-state.ts'
import { chooseFolders, type Folder } from './folders.ts'
import { connectImap } from './imap-client.ts'

const watchdogMs = 10 * 60_000
const newMailEveryMs = 10_000
const idlePollSeconds = 60

/**
 * One connection to a mailbox, from sign-in to its end: takes new letters, back-fills between, then waits in IDLE and polls besides (some servers
 * know no IDLE, and IDLE alone goes deaf). Rejects when the connection ends.
 */
export async function watchMailbox(settings: EmailSettings, server: Incoming, hub: Hub, signal: AbortSignal): Promise<void> {
  const opened = await openedAt(hub.state, hub.clock.now())
  const ended = new AbortController()
  let reason: unknown
  const client = await connectImap(settings, server, hub, (error) => {
    reason = error
    ended.abort()
  })
  const stopped = AbortSignal.any([signal, ended.signal])
  const closeClient = () => client.close()
  signal.addEventListener('abort', closeClient)
  const watchdog = createWatchdog(closeClient)
  try {
    if (signal.aborted) return
    const context: PassContext = { client, hub, settings, openedAt: opened, fillUids: new Map(), onProgress: watchdog.touch }
    await follow(context, await chooseFolders(client, settings), { stopped, touch: watchdog.touch })
    if (!signal.aborted) throw connectFailure(reason ?? new Error('connection closed'), server)
  } catch (error) {
    throw signal.aborted ? error : connectFailure(reason ?? error, server)
  } finally {
    watchdog.stop()
    signal.removeEventListener('abort', closeClient)
    client.close()
  }
}

async function follow(context: PassContext, folders: Folder[], life: { stopped: AbortSignal; touch: () => void }): Promise<void> {
  const { client, hub, settings } = context
  const news = watchForNews(client)
  while (!life.stopped.aborted) {
    news.reset()
    const filling = await passAll(context, folders, life)
    life.touch()
    if (filling !== undefined) continue
    hub.report({ state: 'ok' })
    const inbox = folders[0]?.path ?? 'INBOX'
    if (!client.mailbox || client.mailbox.path !== inbox) await client.mailboxOpen(inbox, { readOnly: true })
    const pollMs = Math.min((settings.pollSeconds ?? idlePollSeconds) * 1000, watchdogMs / 2)
    await news.wait(pollMs, life.stopped)
  }
}

/** New letters of every folder, then back-fill for a few seconds. Gives the progress while something is left. */
async function passAll(context: PassContext, folders: Folder[], life: { stopped: AbortSignal }): Promise<Progress | undefined> {
  const unfilled: Folder[] = []
  for (const folder of folders) if ((await takeNew(context, folder)).fill !== undefined) unfilled.push(folder)
  const until = performance.now() + newMailEveryMs
  for (const folder of unfilled) {
    const state = await takeNew(context, folder)
    while (!life.stopped.aborted) {
      const progress = await fillStep(context, folder, state)
      if (progress === undefined) break
      context.hub.report({ state: 'working', detail: progressWords(progress) })
      if (performance.now() > until) return progress
    }
  }
  return undefined
}

function watchForNews(client: ImapFlow): { reset(): void; wait(ms: number, signal: AbortSignal): Promise<void> } {
  let wake = new AbortController()
  client.on('exists', () => wake.abort())
  return {
    reset() {
      if (wake.signal.aborted) wake = new AbortController()
    },
    wait: (ms, signal) => sleep(ms, AbortSignal.any([signal, wake.signal])),
  }
}

function createWatchdog(onDead: () => void): { touch: () => void; stop: () => void } {
  let touchedAt = performance.now()
  const timer = setInterval(() => {
    if (performance.now() - touchedAt > watchdogMs) onDead()
  }, 30_000)
  return {
    touch: () => {
      touchedAt = performance.now()
    },
    stop: () => clearInterval(timer),
  }
}

function progressWords({ done, total }: Progress): { en: string; ru: string } {
  return { en: `Fetching old letters: ${done} of ${total}`, ru: `Загружаем прежние письма: ${done} из ${total}` }
}
