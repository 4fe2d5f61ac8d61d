import { z } from 'zod'
import type { HookReply, RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { isSameSecret } from '../../core/connector/same-secret.ts'
import { apiVersion, type Call, createClient } from './client.ts'
import { readEnvelope } from './payloads.ts'
import { type Settings, secretKey } from './settings.ts'

/** Events asked for: https://dev.vk.com/en/method/groups.setCallbackSettings */
export const wantedEvents = {
  message_new: 1,
  message_reply: 1,
  message_edit: 1,
  message_allow: 1,
  message_deny: 1,
  message_event: 1,
  message_read: 1,
  message_reaction_event: 1,
  lead_forms_new: 1,
}

/** VK signs nothing: the secret key comes in the body. Its first question wants the confirmation string and may come without the key. */
export function verify(request: RawDelivery, channel: Channel<Settings>): Verdict {
  const { settings } = channel
  if (request.method !== 'POST') return { is: 'refused', reason: 'VK sends events by POST' }
  const event = readEnvelope(request.body)
  if (!event) return { is: 'refused', reason: 'The body is not an event of the Callback API' }
  if (String(event.group_id) !== settings.groupId) return { is: 'refused', reason: 'The event is of another community' }
  if (event.type === 'confirmation') return confirm(settings)
  if (event.secret === undefined) return { is: 'refused', reason: 'The event bears no secret key: set up the webhook again' }
  if (!isSameSecret(event.secret, secretKey(settings))) return { is: 'refused', reason: 'The secret key is not the one of this channel' }
  return { is: 'ok' }
}

function confirm({ confirmation }: Settings): Verdict {
  if (confirmation === undefined) return { is: 'refused', reason: 'VK asks for the confirmation string, which is not in the settings yet' }
  return { is: 'reply', reply: { status: 200, headers: { 'content-type': 'text/plain' }, body: confirmation } }
}

/** Schema: "unique; if it passed twice or more you should ignore it". A pressed button has another one inside. */
export function dedupeKey(request: Pick<RawDelivery, 'body'>): string | undefined {
  return readEnvelope(request.body)?.event_id || undefined
}

/** Anything but exactly this is an error to VK. */
export function reply(): HookReply {
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' }
}

const servers = z.object({ items: z.array(z.object({ id: z.int(), url: z.string(), status: z.string().default('') })).default([]) })

/**
 * Adds this hub to the servers of the Callback API, or brings what is there in line. VK asks for the confirmation string at once, and changes it
 * when servers change: a string that is not in the settings yet is given back to be kept first.
 */
export async function setUpWebhook(channel: Channel<Settings>, hub: Hub): Promise<Record<string, unknown> | undefined> {
  const { settings, hookUrl } = channel
  if (settings.mode === 'polling') return undefined
  const call = createClient(settings, hub)
  const before = await confirmationCode(call, settings)
  if (before !== settings.confirmation) return { confirmation: before }
  const server = { group_id: settings.groupId, url: hookUrl, title: 'Switchboard', secret_key: secretKey(settings) }
  const known = await ourServer(call, channel)
  let id = known?.id
  if (id === undefined) ({ server_id: id } = await call('groups.addCallbackServer', server, z.object({ server_id: z.int() })))
  else await call('groups.editCallbackServer', { ...server, server_id: id }, z.unknown())
  await call('groups.setCallbackSettings', { group_id: settings.groupId, server_id: id, api_version: apiVersion, ...wantedEvents }, z.unknown())
  const after = await confirmationCode(call, settings)
  return after === settings.confirmation ? undefined : { confirmation: after }
}

/** This hub among the servers of the community, with what VK says of it: `ok`, `wait`, `failed`, `unconfigured`. */
export async function ourServer(call: Call, { settings, hookUrl }: Channel<Settings>): Promise<{ id: number; status: string } | undefined> {
  const { items } = await call('groups.getCallbackServers', { group_id: settings.groupId }, servers)
  return items.find(({ url }) => url === hookUrl)
}

async function confirmationCode(call: Call, { groupId }: Settings): Promise<string> {
  const { code } = await call('groups.getCallbackConfirmationCode', { group_id: groupId }, z.object({ code: z.string().min(1) }))
  return code
}
