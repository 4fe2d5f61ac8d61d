import type { RawDelivery } from '../../core/connector/delivery.ts'
import type { Channel } from '../../core/connector/hub.ts'
import { normaliseOrigin } from '../kits/pages/origins.ts'
import type { FormSettings } from './settings.ts'
import { testField } from './test-marks.ts'

/** A request as this channel wants it, of somebody who does not exist. The number is kept free for films and books (Ofcom's 07700 900000 range). */
export function testRequest({ settings }: Channel<FormSettings>): RawDelivery {
  const origin = settings.proof === 'public' ? originOf(settings.origins[0]) : undefined
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (settings.proof === 'secret') headers['x-hub-key'] = settings.secret ?? ''
  if (origin !== undefined) headers.origin = origin
  const fields = { name: 'Switchboard', phone: '+44 7700 900123', message: 'Test / Проверка', [testField]: '1' }
  return { method: 'POST', path: '', query: '', headers, body: Buffer.from(JSON.stringify(fields)) }
}

function originOf(allowed: string | undefined): string | undefined {
  const rule = allowed === undefined ? undefined : normaliseOrigin(allowed)
  return rule && `${rule.scheme ?? 'https'}://${rule.anySubdomain ? 'www.' : ''}${rule.host}`
}
