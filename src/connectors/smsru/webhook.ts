import { createHash, timingSafeEqual } from 'node:crypto'
import type { HookReply, RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { askSmsRu } from './client.ts'
import type { Settings } from './settings.ts'

/** `data[0]`, `data[1]` … in the order in which they came. */
export function entriesOf(request: Pick<RawDelivery, 'body'>): string[] {
  const form = new URLSearchParams(Buffer.from(request.body).toString('utf8'))
  return [...form].filter(([name]) => /^data(\[\d*\])?$/.test(name)).map(([, value]) => value)
}

/** `hash` is SHA-256 over the api_id and the entries, one after the other (sms.ru/api/callback). */
export function verify(request: RawDelivery, { settings }: Channel<Settings>): Verdict {
  if (request.method !== 'POST') return { is: 'refused', reason: 'SMS.ru sends statuses by POST' }
  const hash = new URLSearchParams(Buffer.from(request.body).toString('utf8')).get('hash')
  if (hash === null) return { is: 'refused', reason: 'The field hash is missing' }
  const expected = Buffer.from(
    createHash('sha256')
      .update(`${settings.apiId}${entriesOf(request).join('')}`)
      .digest('hex'),
  )
  const shown = Buffer.from(hash.toLowerCase())
  const isSame = shown.length === expected.length && timingSafeEqual(shown, expected)
  return isSame ? { is: 'ok' } : { is: 'refused', reason: 'hash does not fit the api_id of this channel' }
}

/** Anything but exactly this counts as a failure, and everything comes again. */
export function reply(): HookReply {
  return { status: 200, body: '100' }
}

export async function setUpWebhook({ settings, hookUrl }: Channel<Settings>, hub: Hub): Promise<void> {
  await askSmsRu(hub, settings, '/callback/add', { url: hookUrl })
}
