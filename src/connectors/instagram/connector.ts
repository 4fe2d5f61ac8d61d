import { z } from 'zod'
import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import type { ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundEvent } from '../../core/connector/event.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { checkWith } from '../kits/meta/check.ts'
import { eachOnce, malformed, readItems } from '../kits/meta/envelope.ts'
import { askGraph } from '../kits/meta/graph.ts'
import { download } from '../kits/meta/media.ts'
import { readTalkItem } from '../kits/meta/talks/inbound.ts'
import { fetchProfiles, readProfile } from '../kits/meta/talks/profiles.ts'
import { sendTalk } from '../kits/meta/talks/send.ts'
import { subscribe } from '../kits/meta/talks/subscribe.ts'
import { contentKey, verifyMeta } from '../kits/meta/webhook.ts'
import { manifest } from './manifest.ts'
import { render } from './outbound.ts'
import { type Settings, settings } from './settings.ts'

const fields = ['messages', 'messaging_postbacks', 'messaging_seen', 'message_reactions', 'messaging_referral', 'standby']

export const instagram = defineConnector<Settings>({
  manifest,
  settings,
  check,
  normalise,
  verify: (request, channel) => verifyMeta(request, channel.settings),
  dedupeKey: contentKey,
  render,
  send: (part, channel, hub) => sendTalk(part, channel.settings, hub, 'link'),
  fetchMedia: (ref, channel, hub) => download(ref, channel.settings, hub, { withToken: false }),
  setUpWebhook: (channel, hub) => subscribe(channel, hub, { object: 'instagram', owner: 'me', fields }),
  afterDelivery: (request, channel, hub) => fetchProfiles(request, { kind: 'instagram', id: channel.settings.accountId }, channel.settings, hub),
})

function normalise(delivery: ReceivedDelivery, of: Settings): InboundEvent[] {
  const ours = { kind: 'instagram', id: of.accountId } as const
  const profile = readProfile(delivery, ours)
  if (profile) return profile
  const items = readItems(delivery.body, 'instagram')
  if (!items) return [malformed(Buffer.from(delivery.body).toString('base64'), 'The body is no event of Instagram')]
  return eachOnce(items.flatMap((item) => readTalkItem(item, ours)))
}

function check(of: Settings, hub: Pick<Hub, 'fetch'>): Promise<CheckResult> {
  // Instagram Login knows no proof by the app secret.
  const isByPage = URL.parse(of.apiRoot)?.hostname !== 'graph.instagram.com'
  return checkWith(
    of,
    async (proof) =>
      (
        await askGraph(
          of,
          hub,
          { path: of.accountId, query: { fields: 'username', ...(isByPage && proof) } },
          z.object({ username: z.string().default('') }),
        )
      ).username,
  )
}
