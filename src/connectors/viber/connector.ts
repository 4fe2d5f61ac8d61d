import { z } from 'zod'
import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import { fetchFile } from '../../core/connector/fetch-file.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { tryCredentials } from '../../core/connector/try-credentials.ts'
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

function check(of: Settings, hub: Hub): Promise<CheckResult> {
  return tryCredentials(
    'Viber',
    () => callViber(of, hub, { path: '/pa/get_account_info', body: {} }, z.object({ name: z.string().default('') })),
    ({ name }) => name,
  )
}
