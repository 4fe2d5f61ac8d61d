import { z } from 'zod'
import type { Channel, Hub } from '../../../../core/connector/hub.ts'
import { askGraph, type GraphAccount } from '../graph.ts'
import type { AppSecrets } from '../webhook.ts'

export type Subscriber = GraphAccount & AppSecrets & { appId?: string | undefined }

/**
 * Subscribes the app to a page or account and, where the app's ID is known, gives the app this hook's address:
 * https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
 */
export async function subscribe(
  { settings: of, hookUrl }: Pick<Channel<Subscriber>, 'settings' | 'hookUrl'>,
  hub: Pick<Hub, 'fetch'>,
  { object, owner, fields }: { object: 'page' | 'instagram'; owner: string; fields: string[] },
): Promise<void> {
  const all = fields.join(',')
  if (of.appId !== undefined) {
    const json = { object, callback_url: hookUrl, verify_token: of.verifyToken, fields: all }
    const accessToken = `${of.appId}|${of.appSecret}`
    await askGraph(of, hub, { method: 'POST', path: `${of.appId}/subscriptions`, json, accessToken }, z.unknown())
  }
  await askGraph(of, hub, { method: 'POST', path: `${owner}/subscribed_apps`, query: { subscribed_fields: all } }, z.unknown())
}
