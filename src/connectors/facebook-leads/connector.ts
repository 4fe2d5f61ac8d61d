import { z } from 'zod'
import { type CheckResult, defineConnector, type Session } from '../../core/connector/connector.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { keepAsking } from '../../core/connector/keep-asking.ts'
import { checkWith } from '../kits/meta/check.ts'
import { askGraph } from '../kits/meta/graph.ts'
import { subscribe } from '../kits/meta/talks/subscribe.ts'
import { contentKey, verifyMeta } from '../kits/meta/webhook.ts'
import { fetchAnnounced, fetchNewLeads } from './fetch-leads.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { type Settings, settings } from './settings.ts'

export const facebookLeads = defineConnector<Settings>({
  manifest,
  settings,
  check,
  normalise,
  verify: (request, channel) => verifyMeta(request, channel.settings),
  dedupeKey: contentKey,
  afterDelivery: fetchAnnounced,
  open,
  setUpWebhook: (channel, hub) => subscribe(channel, hub, { object: 'page', owner: channel.settings.pageId, fields: ['leadgen'] }),
})

function check(of: Settings, hub: Pick<Hub, 'fetch'>): Promise<CheckResult> {
  return checkWith(of, async (proof) => {
    const { name } = await askGraph(of, hub, { path: of.pageId, query: { fields: 'name', ...proof } }, z.object({ name: z.string().default('') }))
    await askGraph(of, hub, { path: `${of.pageId}/leadgen_forms`, query: { fields: 'id', limit: '1', ...proof } }, z.unknown())
    return name
  })
}

const everyMs = 5 * 60_000
/** Leads may show up a little late in the list. */
const overlapSeconds = 60 * 60
const seenUntil = 'seen-until'

/** Looks every five minutes for what no webhook told; the first time back to a day ago. */
function open(channel: Channel<Settings>, hub: Hub): Session {
  return keepAsking(hub, async () => {
    const now = Math.floor(hub.clock.now().getTime() / 1000)
    const since = Number((await hub.state.get(seenUntil)) ?? now - 24 * 60 * 60) - overlapSeconds
    await fetchNewLeads(channel.settings, hub, since)
    await hub.state.set(seenUntil, String(now))
    return { waitMs: everyMs }
  })
}
