import { z } from 'zod'
import type { CallRequest, DirectoryEntry, HistoryRange, PlacedCall } from '../../core/connector/calling.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { askZadarma, unknownAnswer } from './client.ts'
import type { Settings } from './settings.ts'
import { rowsOf, statisticsPath } from './statistics.ts'

/** Rings the user, then the client. A second try would be a second call, and the answer names none. */
export async function placeCall(request: CallRequest, { settings }: Channel<Settings>, hub: Hub): Promise<PlacedCall> {
  await askZadarma(hub, settings, '/v1/request/callback/', { from: request.user, to: request.to.replace(/^\+/, '') }, { mayAct: true })
  return {}
}

const text = z.union([z.string(), z.number()]).transform(String)
const extensions = z.object({ numbers: z.array(z.union([text, z.looseObject({ number: text, name: z.string().optional() })])) })

/** Extensions of the PBX. */
export async function directory({ settings }: Channel<Settings>, hub: Hub): Promise<DirectoryEntry[]> {
  const read = extensions.safeParse((await askZadarma(hub, settings, '/v1/pbx/internal/')).json)
  if (!read.success) throw wordedError('temporary', unknownAnswer)
  return read.data.numbers.map((one) => (typeof one === 'string' ? { number: one } : { number: one.number, ...(one.name && { name: one.name }) }))
}

/** Zadarma gives a month at most, with a margin, and 1000 rows a page. */
const widestMs = 28 * 86_400_000
const pageRows = 1000
const mostPages = 100

/** Hands over the statistics of that time, one delivery a page. */
export async function history(range: HistoryRange, { settings }: Channel<Settings>, hub: Hub): Promise<void> {
  for (let from = range.from.getTime(); from < range.to.getTime(); from += widestMs) {
    const to = Math.min(from + widestMs, range.to.getTime())
    await handOver(hub, settings, { start: localTime(from, settings.timeZone), end: localTime(to, settings.timeZone), version: '2' })
  }
}

async function handOver(hub: Hub, settings: Settings, window: Record<string, string>): Promise<void> {
  for (let page = 0; page < mostPages; page++) {
    const params = { ...window, skip: String(page * pageRows), limit: String(pageRows) }
    const { bytes } = await askZadarma(hub, settings, statisticsPath, params)
    const rows = rowsOf(bytes)
    if (!rows) throw wordedError('temporary', unknownAnswer)
    if (rows.length > 0) await hub.deliver({ method: 'POLL', path: statisticsPath, query: '', headers: {}, body: bytes })
    if (rows.length < pageRows) return
  }
}

/** `YYYY-MM-DD HH:MM:SS`, as the account's clock shows it. */
function localTime(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(ms)
}
