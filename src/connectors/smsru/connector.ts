import { z } from 'zod'
import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { tryCredentials } from '../../core/connector/try-credentials.ts'
import { askSmsRu } from './client.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { render, send } from './outbound.ts'
import { type Settings, settings } from './settings.ts'
import { reply, setUpWebhook, verify } from './webhook.ts'

export const smsru = defineConnector<Settings>({ manifest, settings, check, normalise, verify, reply, render, send, setUpWebhook })

/** Asks for what is left on the account. */
async function check(of: Settings, hub: Hub): Promise<CheckResult> {
  return await tryCredentials(
    'SMS.ru',
    () => askSmsRu(hub, of, '/my/balance', {}),
    (answer) => {
      const { data } = z.object({ balance: z.coerce.number() }).safeParse(answer)
      return data && `${data.balance} ₽`
    },
  )
}
