import { z } from 'zod'
import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { askSmsRu } from './client.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { render, send } from './outbound.ts'
import { type Settings, settings } from './settings.ts'
import { reply, setUpWebhook, verify } from './webhook.ts'

export const smsru = defineConnector<Settings>({ manifest, settings, check, normalise, verify, reply, render, send, setUpWebhook })

/** Asks for what is left on the account. */
async function check(of: Settings, hub: Hub): Promise<CheckResult> {
  try {
    const { data } = z.object({ balance: z.coerce.number() }).safeParse(await askSmsRu(hub, of, '/my/balance', {}))
    return { ok: true, ...(data && { detail: `${data.balance} ₽` }) }
  } catch (error) {
    return { ok: false, error: error instanceof ConnectorError ? error : new ConnectorError('temporary', 'SMS.ru could not be asked') }
  }
}
