import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { CallCommand, CallRequest, DirectoryEntry, HistoryRange, PlacedCall } from '../../core/connector/calling.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { askUis } from './client.ts'
import { reportFields, reportPath } from './report.ts'
import type { Settings } from './settings.ts'

const placed = z.object({ call_session_id: z.union([z.string(), z.number()]).transform(String) })

/** Rings the employee, then the client. `external_id` comes back with the notifications; a second try would be a second call. */
export async function placeCall(request: CallRequest, { settings }: Channel<Settings>, hub: Hub): Promise<PlacedCall> {
  const number = request.from?.replace(/^\+/, '') ?? settings.virtualNumber
  if (number === undefined)
    throw wordedError('unsupported', { en: 'The number shown to clients is not set', ru: 'Не указан номер, который видят клиенты' })
  if (!/^\d{1,15}$/.test(request.user))
    throw wordedError('rejected', {
      en: 'UIS needs the id of the employee in Team: the list offers it',
      ru: 'UIS нужен id сотрудника в разделе «Команда»: его предлагает список',
    })
  const params = {
    first_call: 'employee',
    switch_at_once: true,
    direction: 'out',
    virtual_phone_number: number,
    contact: request.to.replace(/^\+/, ''),
    employee: { id: Number(request.user) },
    external_id: request.id,
  }
  const { data } = placed.safeParse(await askUis(hub, settings, 'start.employee_call', params, { api: 'call', mayAct: true }))
  return data ? { callId: data.call_session_id } : {}
}

const simple: Partial<Record<CallCommand['name'], string>> = { hang_up: 'release.call', hold: 'hold.call', resume: 'unhold.call' }
const mostTries = 15
const pauseMs = 1000

/** A transfer calls the colleague first and joins the two when he has answered, which is tried for a quarter of a minute. */
export async function controlCall(command: CallCommand, { settings }: Channel<Settings>, hub: Hub): Promise<void> {
  const id = Number(command.callId)
  if (!Number.isSafeInteger(id)) throw wordedError('rejected', { en: 'UIS has not named this call yet', ru: 'UIS ещё не назвала этот звонок' })
  const ask = (method: string, more: object = {}) => askUis(hub, settings, method, { call_session_id: id, ...more }, { api: 'call', mayAct: true })
  const method = simple[command.name]
  if (method !== undefined) return void (await ask(method))
  if (command.to === undefined) throw wordedError('rejected', { en: 'To whom is not said', ru: 'Не сказано, кому перевести' })
  await ask('make.call', { to: command.to.replace(/^\+/, '') })
  for (let tries = 1; ; tries++) {
    try {
      return void (await ask('transfer.talk'))
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.code !== 'rejected' || tries >= mostTries) throw error
      await wait(pauseMs)
    }
  }
}

const employees = z.array(
  z.object({ id: z.union([z.string(), z.number()]).transform(String), full_name: z.string().nullish(), email: z.string().nullish() }),
)

/** Employees by their ids, which notifications name and click to call needs. */
export async function directory({ settings }: Channel<Settings>, hub: Hub): Promise<DirectoryEntry[]> {
  const read = employees.safeParse(await askUis(hub, settings, 'get.employees', {}, { api: 'data' }))
  if (!read.success) throw wordedError('temporary', { en: 'UIS answered something unknown', ru: 'UIS ответила непонятно' })
  return read.data.map(({ id, full_name: name, email }) => ({ number: id, ...(name && { name }), ...(email && { email }) }))
}

/** The Data API gives three months at most, with a margin. */
const widestMs = 80 * 86_400_000
/** A call may have several recordings: so many rows are a delivery that is not too long to be read. */
const pageRows = 500
const mostPages = 200

/** Hands over the report of that time, one delivery a page. */
export async function history(range: HistoryRange, { settings }: Channel<Settings>, hub: Hub): Promise<void> {
  for (let from = range.from.getTime(); from < range.to.getTime(); from += widestMs) {
    const to = Math.min(from + widestMs, range.to.getTime())
    await handOver(hub, settings, { date_from: localTime(from, settings.timeZone), date_till: localTime(to, settings.timeZone) })
  }
}

async function handOver(hub: Hub, settings: Settings, window: object): Promise<void> {
  for (let page = 0; page < mostPages; page++) {
    const params = { ...window, fields: reportFields, limit: pageRows, offset: page * pageRows }
    const rows = z.array(z.unknown()).safeParse(await askUis(hub, settings, 'get.calls_report', params, { api: 'data' })).data
    if (!rows) throw wordedError('temporary', { en: 'UIS answered something unknown', ru: 'UIS ответила непонятно' })
    const body = Buffer.from(JSON.stringify(rows))
    if (rows.length > 0) await hub.deliver({ method: 'POLL', path: reportPath, query: '', headers: {}, body })
    if (rows.length < pageRows) return
  }
}

/** `YYYY-MM-DD HH:MM:SS`, as the cabinet's clock shows it. */
function localTime(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(ms)
}
