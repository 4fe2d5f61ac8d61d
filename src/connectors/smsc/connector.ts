import { z } from 'zod'
import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { askSmsc } from './client.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { render, send } from './outbound.ts'
import { openPolling } from './polling.ts'
import { type Settings, settings } from './settings.ts'
import { verify } from './webhook.ts'

export const smsc = defineConnector<Settings>({ manifest, settings, check, normalise, verify, open: openPolling, render, send })

/** Asks for what is left on the account. */
async function check(of: Settings, hub: Hub): Promise<CheckResult> {
  try {
    const { data } = z.object({ balance: z.coerce.string() }).safeParse(await askSmsc(hub, of, 'balance.php', {}))
    return { ok: true, ...(data && { detail: data.balance }) }
  } catch (error) {
    return { ok: false, error: error instanceof ConnectorError ? error : new ConnectorError('temporary', 'SMSC could not be asked') }
  }
}
