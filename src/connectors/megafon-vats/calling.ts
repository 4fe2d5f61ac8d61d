import { z } from 'zod'
import type { CallRequest, DirectoryEntry, HistoryRange, PlacedCall } from '../../core/connector/calling.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { callPbx } from './client.ts'
import { historyPath, piecesOf } from './history-rows.ts'
import type { Settings } from './settings.ts'

/** Rings the employee by his login, then the client. Never repeated: the PBX knows no repeats. */
export async function placeCall(request: CallRequest, { settings }: Channel<Settings>, hub: Hub): Promise<PlacedCall> {
  const post = { user: request.user, phone: request.to.replace(/^\+/, '') }
  const response = await callPbx(hub, settings, '/makecall', { post, mayAct: true })
  const answer = z.object({ callid: z.coerce.string() }).safeParse(await response.json().catch(() => undefined))
  return answer.success ? { callId: answer.data.callid } : {}
}

/** Logins are what events name users by. */
export async function directory({ settings }: Channel<Settings>, hub: Hub): Promise<DirectoryEntry[]> {
  const response = await callPbx(hub, settings, '/users')
  const user = z.object({ login: z.string(), name: z.string().nullish(), email: z.string().nullish() })
  const read = z.object({ items: z.array(user) }).safeParse(await response.json().catch(() => undefined))
  if (!read.success) throw wordedError('temporary', { en: 'The PBX answered something unknown', ru: 'АТС ответила непонятно' })
  return read.data.items.map(({ login, name, email }) => ({ number: login, ...(name && { name }), ...(email && { email }) }))
}

export async function history(range: HistoryRange, { settings }: Channel<Settings>, hub: Hub): Promise<void> {
  const stamp = (date: Date) => date.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const query = new URLSearchParams({ start: stamp(range.from), end: stamp(range.to), type: 'all' })
  const response = await callPbx(hub, settings, `/history/json?${query}`)
  for (const body of piecesOf(new Uint8Array(await response.arrayBuffer())))
    await hub.deliver({ method: 'POLL', path: historyPath, query: '', headers: {}, body })
}

/** Some cabinets want the key for a recording, some give it to whoever knows the link: the key goes to the PBX's own host only, and not on to its storage. */
export async function fetchMedia(ref: string, { settings }: Channel<Settings>, hub: Hub): Promise<{ bytes: Uint8Array; type?: string }> {
  const isOwn = settings.apiRoot !== undefined && URL.parse(ref)?.host === new URL(settings.apiRoot).host
  const load = (address: string, init: RequestInit & { untrusted: boolean }) =>
    hub.fetch(address, { ...init, timeoutMs: 120_000 }).catch((cause: unknown) => {
      throw cause instanceof ConnectorError ? cause : new ConnectorError('temporary', 'The recording could not be loaded', { cause })
    })
  const headers = { 'x-api-key': settings.apiKey ?? '' }
  const first = await load(ref, isOwn ? { headers, redirect: 'manual', untrusted: false } : { untrusted: true })
  const next = isOwn && first.status >= 300 && first.status < 400 ? URL.parse(first.headers.get('location') ?? '', ref) : null
  if (next) await first.body?.cancel()
  const response = next ? await load(next.href, next.host === URL.parse(ref)?.host ? { headers, untrusted: false } : { untrusted: true }) : first
  if (response.status === 410) throw new ConnectorError('rejected', 'The PBX no longer has the recording')
  if (!response.ok) throw new ConnectorError('temporary', `The recording could not be loaded: ${response.status}`)
  const type = response.headers.get('content-type')
  return { bytes: new Uint8Array(await response.arrayBuffer()), ...(type && { type }) }
}
