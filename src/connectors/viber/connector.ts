import { z } from 'zod'
import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import { fetchFile } from '../../core/connector/fetch-file.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { callViber } from './client.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { render } from './outbound.ts'
import { send } from './send.ts'
import { type Settings, settings } from './settings.ts'
import { dedupeKey, setUpWebhook, verify } from './webhook.ts'

export const viber = defineConnector<Settings>({
  manifest,
  settings,
  check,
  normalise,
  verify,
  dedupeKey,
  render,
  send,
  fetchMedia: (ref, { settings: of }, hub) => fetchFile(hub, ref, { name: 'Viber', apiRoot: of.apiRoot }),
  setUpWebhook,
})

async function check(of: Settings, hub: Hub): Promise<CheckResult> {
  try {
    const account = await callViber(of, hub, { path: '/pa/get_account_info', body: {} }, z.object({ name: z.string().default('') }))
    return { ok: true, detail: account.name }
  } catch (error) {
    return { ok: false, error: error instanceof ConnectorError ? error : new ConnectorError('temporary', 'Viber could not be asked') }
  }
}
