import type { RawDelivery } from '../../core/connector/delivery.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { isMultipart, senderOf } from './address.ts'
import { payload } from './payloads.ts'
import { readBody } from './read-body.ts'
import type { Settings } from './settings.ts'

/** A wish to be called at once is passed to the telephone, where the settings name one. It stands in Waiting either way. */
export async function askToCall(request: RawDelivery, { callChannel, callback }: Settings, hub: Hub): Promise<void> {
  const sender = senderOf(request)
  if (callChannel === undefined || !callback || !sender || isMultipart(request)) return
  const read = payload.safeParse((await readBody(request)).payload)
  if (!read.success || read.data.type !== 'callback' || read.data.at !== undefined) return
  await hub.visitors?.callBack({ key: sender.id, visitorId: sender.visitor, phone: read.data.phone, channelId: callChannel })
}
