import { z } from 'zod'
import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { checkWith } from '../kits/meta/check.ts'
import { both, GraphRefusal } from '../kits/meta/failures.ts'
import { askGraph } from '../kits/meta/graph.ts'
import { download, type Media } from '../kits/meta/media.ts'
import { contentKey, verifyMeta } from '../kits/meta/webhook.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { render } from './outbound.ts'
import { send } from './send.ts'
import { type Settings, settings } from './settings.ts'
import { listTemplates } from './templates.ts'

export const whatsapp = defineConnector<Settings>({
  manifest,
  settings,
  check,
  normalise,
  verify: (request, channel) => verifyMeta(request, channel.settings),
  dedupeKey: contentKey,
  render,
  send,
  fetchMedia,
  listTemplates,
  setUpWebhook,
})

const number = z.object({ display_phone_number: z.string().default(''), verified_name: z.string().default('') })

function check(of: Settings, hub: Pick<Hub, 'fetch'>): Promise<CheckResult> {
  return checkWith(of, async (proof) => {
    const fields = { fields: 'display_phone_number,verified_name', ...proof }
    const ours = await askGraph(of, hub, { path: of.phoneNumberId, query: fields }, number)
    await askGraph(of, hub, { path: of.businessAccountId, query: { fields: 'id', ...proof } }, z.unknown())
    return [ours.display_phone_number, ours.verified_name].filter(Boolean).join(' · ')
  })
}

const mediaInfo = z.object({ url: z.string(), mime_type: z.string().optional() })

/** Asks for the link each time, for it lives five minutes: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media */
async function fetchMedia(ref: string, { settings: of }: Channel<Settings>, hub: Pick<Hub, 'fetch'>): Promise<Media> {
  const query = { phone_number_id: of.phoneNumberId }
  const info = await askGraph(of, hub, { path: encodeURIComponent(ref), query }, mediaInfo).catch((error: unknown) => {
    if (error instanceof GraphRefusal && error.said.code === 100)
      throw both('rejected', 'WhatsApp no longer has the file', 'У WhatsApp больше нет этого файла')
    throw error
  })
  const file = await download(info.url, of, hub, { withToken: true })
  return { ...file, ...(info.mime_type && { type: info.mime_type }) }
}

/**
 * Subscribes the app to the account, then sends the events of this one number here, whatever address the app has: so that several numbers of one app
 * are several channels. https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override
 */
async function setUpWebhook({ settings: of, hookUrl }: Channel<Settings>, hub: Pick<Hub, 'fetch'>): Promise<void> {
  await askGraph(of, hub, { method: 'POST', path: `${of.businessAccountId}/subscribed_apps`, json: {} }, z.unknown())
  const json = { webhook_configuration: { override_callback_uri: hookUrl, verify_token: of.verifyToken } }
  await askGraph(of, hub, { method: 'POST', path: of.phoneNumberId, json }, z.unknown())
}
