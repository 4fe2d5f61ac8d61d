import { z } from 'zod'
import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import { tryCredentials } from '../../core/connector/try-credentials.ts'
import { createClient } from './client.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { fetchMedia } from './media.ts'
import { render } from './outbound.ts'
import { openPolling } from './polling.ts'
import { send } from './send.ts'
import { type Settings, settings } from './settings.ts'
import { dedupeKey, reply, setUpWebhook, verify } from './webhook.ts'
import { watchWebhook } from './webhook-watch.ts'

export const telegram = defineConnector<Settings>({
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
  fetchMedia,
  setUpWebhook,
})

function check(of: Settings): Promise<CheckResult> {
  return tryCredentials(
    'Telegram',
    () => createClient(of)('getMe', {}, z.object({ username: z.string() }), { timeoutMs: 15_000 }),
    (bot) => `@${bot.username}`,
  )
}
