import { z } from 'zod'
import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import { fetchFile } from '../../core/connector/fetch-file.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { tryCredentials } from '../../core/connector/try-credentials.ts'
import { createClient } from './client.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { render } from './outbound.ts'
import { openPolling } from './polling.ts'
import { send } from './send.ts'
import { type Settings, settings } from './settings.ts'
import { dedupeKey, reply, setUpWebhook, verify } from './webhook.ts'
import { watchWebhook } from './webhook-watch.ts'

export const vk = defineConnector<Settings>({
  manifest,
  settings,
  check,
  normalise,
  verify,
  dedupeKey,
  reply,
  open: (channel, hub) => (channel.settings.mode === 'polling' ? openPolling(channel, hub) : watchWebhook(channel, hub)),
  render,
  send,
  fetchMedia: (ref, { settings: of }, hub) => fetchFile(hub, ref, { name: 'VK', apiRoot: of.apiRoot }),
  setUpWebhook,
})

const groups = z.object({ groups: z.array(z.object({ name: z.string() })).min(1) })

function check(of: Settings, hub: Hub): Promise<CheckResult> {
  return tryCredentials(
    'VK',
    () => createClient(of, hub)('groups.getById', { group_id: of.groupId }, groups),
    (found) => found.groups[0]?.name,
  )
}
