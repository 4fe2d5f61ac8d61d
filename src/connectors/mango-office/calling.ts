import { z } from 'zod'
import type { CallCommand, CallRequest, DirectoryEntry, HistoryRange, PlacedCall } from '../../core/connector/calling.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { callMango } from './client.ts'
import type { Settings } from './settings.ts'
import { piecesOf, statisticsFields, statisticsPath } from './statistics.ts'

/** Rings the employee, then the client. MANGO does not look whether `command_id` came before, so that a second try would be a second call. */
export async function placeCall(request: CallRequest, { settings }: Channel<Settings>, hub: Hub): Promise<PlacedCall> {
  const payload = {
    command_id: request.id,
    from: { extension: request.user },
    to_number: request.to.replace(/^\+/, ''),
    ...(settings.lineNumber !== undefined && { line_number: settings.lineNumber }),
  }
  await callMango(hub, settings, 'commands/callback', payload, { mayAct: true })
  return {}
}

export async function controlCall(command: CallCommand, { settings }: Channel<Settings>, hub: Hub): Promise<void> {
  if (command.legId === undefined)
    throw wordedError('rejected', {
      en: 'MANGO OFFICE needs to know which phone it concerns',
      ru: 'MANGO OFFICE должен знать, о каком телефоне речь',
    })
  const common = { command_id: `${command.name}-${command.legId}`, call_id: command.legId }
  if (command.name === 'hang_up') await callMango(hub, settings, 'commands/call/hangup', common, { mayAct: true })
  else await callMango(hub, settings, 'commands/transfer', { ...common, method: 'blind', to_number: command.to ?? '' }, { mayAct: true })
}

const users = z.object({
  users: z.array(
    z.object({
      general: z.object({ name: z.string().optional(), email: z.string().optional() }).default({}),
      telephony: z.object({ extension: z.coerce.string().optional() }).default({}),
    }),
  ),
})

/** Employees with an extension. */
export async function directory({ settings }: Channel<Settings>, hub: Hub): Promise<DirectoryEntry[]> {
  const response = await callMango(hub, settings, 'config/users/request', {})
  const read = users.safeParse(await response.json().catch(() => undefined))
  if (!read.success) throw wordedError('temporary', { en: 'MANGO OFFICE answered something unknown', ru: 'MANGO OFFICE ответил непонятно' })
  return read.data.users.flatMap(({ general, telephony }) =>
    telephony.extension === undefined
      ? []
      : [{ number: telephony.extension, ...(general.name && { name: general.name }), ...(general.email && { email: general.email }) }],
  )
}

const key = z.object({ key: z.string() })
const pollMs = 5000
const mostPolls = 24
/** The widest window MANGO gives statistics for, with a margin. */
const widestMs = 28 * 86_400_000

/** Asks for the statistics of that time, window by window, and hands them over in pieces; equal calls have equal keys, whoever told of them first. */
export async function history(range: HistoryRange, { settings }: Channel<Settings>, hub: Hub): Promise<void> {
  for (let from = range.from.getTime(); from < range.to.getTime(); from += widestMs) {
    const to = Math.min(from + widestMs, range.to.getTime())
    const asked = {
      date_from: Math.floor(from / 1000),
      date_to: Math.ceil(to / 1000),
      fields: statisticsFields.join(','),
      request_id: `statistics-${from}`,
    }
    const answer = key.safeParse(await (await callMango(hub, settings, 'stats/request', asked)).json().catch(() => undefined))
    if (!answer.success)
      throw wordedError('temporary', { en: 'MANGO OFFICE gave no key for its statistics', ru: 'MANGO OFFICE не дал ключа к статистике' })
    const csv = await awaitStatistics(hub, settings, { key: answer.data.key, request_id: asked.request_id })
    for (const piece of piecesOf(csv)) {
      await hub.deliver({ method: 'POLL', path: statisticsPath, query: '', headers: {}, body: new TextEncoder().encode(piece) })
    }
  }
}

/** 204 while they are being made (API 1.10: ask no oftener than once in 5 s). */
async function awaitStatistics(hub: Hub, settings: Settings, asked: { key: string; request_id: string }): Promise<string> {
  for (let poll = 0; poll < mostPolls; poll++) {
    const response = await callMango(hub, settings, 'stats/result', asked)
    if (response.status !== 204) return await response.text()
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
  throw wordedError('temporary', {
    en: 'MANGO OFFICE did not finish its statistics in two minutes',
    ru: 'MANGO OFFICE не подготовил статистику за две минуты',
  })
}
