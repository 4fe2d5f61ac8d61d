import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { tryCredentials } from '../../core/connector/try-credentials.ts'
import { createClient } from './client.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { fetchMedia } from './media.ts'
import { render } from './outbound.ts'
import { user } from './payloads.ts'
import { send } from './send.ts'
import { openPolling, watchWebhook } from './sessions.ts'
import { type Settings, settings } from './settings.ts'
import { dedupeKey, setUpWebhook, verify } from './webhook.ts'

export const max = defineConnector<Settings>({
  manifest,
  settings,
  check,
  normalise,
  verify,
  dedupeKey,
  open: (channel, hub) => (channel.settings.mode === 'polling' ? openPolling(channel, hub) : watchWebhook(channel, hub)),
  render,
  send,
  fetchMedia,
  setUpWebhook,
})

function check(of: Settings, hub: Hub): Promise<CheckResult> {
  return tryCredentials(
    'MAX',
    () => createClient(of, hub)({ method: 'GET', path: '/me', timeoutMs: 15_000 }, user),
    ({ username, first_name: name }) => (username ? `@${username}` : (name ?? undefined)),
  )
}
