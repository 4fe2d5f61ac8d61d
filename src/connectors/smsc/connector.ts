import { z } from 'zod'
import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { tryCredentials } from '../../core/connector/try-credentials.ts'
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
  return await tryCredentials(
    'SMSC',
    () => askSmsc(hub, of, 'balance.php', {}),
    (answer) => z.object({ balance: z.coerce.string() }).safeParse(answer).data?.balance,
  )
}
