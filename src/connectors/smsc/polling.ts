import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Session } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, ChannelHealth, Hub } from '../../core/connector/hub.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { askSmsc } from './client.ts'
import { answersPath, messagesPath } from './inbound.ts'
import type { Settings } from './settings.ts'

const cursorName = 'answers'
/** How far the first question looks back. */
const firstHours = '24'
/** Every how many rounds statuses are asked for. */
const statusRounds = 4
const longestPauseMs = 600_000

/** Asks for answers and statuses until closed; with `pollSeconds: 0` SMSC hands them over and nothing is asked. */
export function openPolling(channel: Channel<Settings>, hub: Hub): Session {
  const stop = new AbortController()
  const running = channel.settings.pollSeconds === 0 ? Promise.resolve() : poll(channel.settings, hub, stop.signal)
  return {
    async close() {
      stop.abort()
      await running
    },
  }
}

async function poll(settings: Settings, hub: Hub, signal: AbortSignal): Promise<void> {
  const told = new Map<string, number>()
  let failures = 0
  for (let round = 0; !signal.aborted; round++) {
    try {
      await askForAnswers(settings, hub, signal)
      if (round % statusRounds === 0) await askForStatuses(settings, hub, signal, told)
      hub.report({ state: 'ok' })
      failures = 0
    } catch (error) {
      if (signal.aborted) return
      failures++
      hub.report(healthOf(error))
    }
    const pauseMs = Math.min(settings.pollSeconds * 1000 * 2 ** failures, Math.max(longestPauseMs, settings.pollSeconds * 1000))
    await wait(pauseMs, undefined, { signal }).catch(() => undefined)
  }
}

const rowWithId = z.looseObject({ id: z.coerce.number().int().positive() })
/** What more there is comes with the next question. */
const rowsOfDelivery = 1000

/** The cursor moves with what is stored: nothing is skipped, and what comes twice has the same key. */
async function askForAnswers(settings: Settings, hub: Hub, signal: AbortSignal): Promise<void> {
  const after = await hub.state.get(cursorName)
  const since = after === undefined ? { hour: firstHours } : { after_id: after }
  const rows = z.array(z.unknown()).safeParse((await askSmsc(hub, settings, 'get.php', { get_answers: '1', ...since }, { signal })) ?? []).data
  if (!rows) throw wordedError('temporary', { en: 'SMSC answered something unknown', ru: 'SMSC ответил непонятно' })
  const news = rows
    .map((row) => ({ row, id: rowWithId.safeParse(row).data?.id }))
    .filter(({ id }) => id === undefined || id > Number(after ?? 0))
    .toSorted((a, b) => (a.id ?? 0) - (b.id ?? 0))
    .slice(0, rowsOfDelivery)
  if (news.length === 0) return
  const last = news.at(-1)?.id
  const body = Buffer.from(JSON.stringify(news.map(({ row }) => row)))
  await hub.deliver(
    { method: 'POLL', path: answersPath, query: '', headers: {}, body },
    last === undefined ? {} : { cursor: { name: cursorName, value: String(last) }, dedupeKey: `answers:${after ?? ''}:${last}` },
  )
}

const statusRow = z.looseObject({ id: z.coerce.string(), status: z.coerce.number() })
/** Ids that this hub gives: others were sent by others. */
const ours = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/
const mostTold = 20_000

/** Hands over what has changed since it was told last; after a restart everything of two days, whose keys are known then. */
async function askForStatuses(settings: Settings, hub: Hub, signal: AbortSignal, told: Map<string, number>): Promise<void> {
  const [start, end] = [hub.clock.now().getTime() - 86_400_000, hub.clock.now().getTime()].map((ms) => dayOf(ms, settings.timeZone))
  const asked = { get_messages: '1', start: start ?? '', end: end ?? '', cnt: '1000' }
  const rows = z
    .array(z.unknown())
    .catch([])
    .parse((await askSmsc(hub, settings, 'get.php', asked, { signal })) ?? [])
  const news = rows.flatMap((row) => {
    const { data } = statusRow.safeParse(row)
    return data && ours.test(data.id) && told.get(data.id) !== data.status ? [data] : []
  })
  if (news.length === 0) return
  await hub.deliver({ method: 'POLL', path: messagesPath, query: '', headers: {}, body: Buffer.from(JSON.stringify(news)) })
  for (const { id, status } of news) told.set(id, status)
  if (told.size > mostTold) for (const id of [...told.keys()].slice(0, told.size - mostTold)) told.delete(id)
}

/** `dd.mm.yyyy` by the clock of the cabinet. */
function dayOf(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('de-DE', { timeZone, day: '2-digit', month: '2-digit', year: 'numeric' }).format(ms)
}

function healthOf(error: unknown): ChannelHealth {
  const words = error instanceof ConnectorError ? error.words : undefined
  const isForPeople = error instanceof ConnectorError && error.code === 'auth_failed'
  return {
    state: isForPeople ? 'attention' : 'retrying',
    detail: words ?? { en: 'What SMSC gave could not be stored', ru: 'Полученное от SMSC не удалось сохранить' },
  }
}
