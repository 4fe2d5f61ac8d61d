import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { self } from './account.ts'
import { createClient } from './client.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { fetchMedia } from './media.ts'
import { render } from './outbound.ts'
import { send } from './send.ts'
import { openSession } from './session.ts'
import { type Settings, settings } from './settings.ts'
import { dedupeKey, setUpWebhook, verify } from './webhook.ts'

export const avito = defineConnector<Settings>({
  manifest,
  settings,
  check,
  normalise,
  verify,
  dedupeKey,
  open: openSession,
  render,
  send,
  fetchMedia,
  setUpWebhook,
})

async function check(of: Settings, hub: Hub): Promise<CheckResult> {
  try {
    const account = await createClient(of, hub)({ path: '/core/v1/accounts/self' }, self)
    return { ok: true, detail: account.name ?? account.id }
  } catch (error) {
    return { ok: false, error: error instanceof ConnectorError ? error : new ConnectorError('temporary', 'Avito could not be asked') }
  }
}
