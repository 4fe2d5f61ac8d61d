import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { tryCredentials } from '../../core/connector/try-credentials.ts'
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

function check(of: Settings, hub: Hub): Promise<CheckResult> {
  return tryCredentials(
    'Avito',
    () => createClient(of, hub)({ path: '/core/v1/accounts/self' }, self),
    ({ name, id }) => name ?? id,
  )
}
