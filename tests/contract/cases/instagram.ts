import type { ContractCase } from '../case.ts'
import { badCredentials, metaSecrets, refused, signByMeta, unclearEnds } from './meta.ts'

const settings = { ...metaSecrets, accountId: '17841' }
const sending = { settings, data: { to: '88005', text: 'hi' } }

export const instagram: ContractCase = {
  settings,
  proofs: { signature: { settings, sign: signByMeta } },
  failures: [
    ...badCredentials(settings),
    ...unclearEnds(sending),
    refused(sending, [401, 190, 463], 'auth_failed'),
    refused(sending, [403, 10, 2534022], 'window_closed'),
    refused(sending, [400, 551], 'blocked'),
    refused(sending, [403, 10], 'rejected'),
    refused(sending, [400, 4], 'rate_limited', { retryAfterMs: 30_000 }),
  ],
}
