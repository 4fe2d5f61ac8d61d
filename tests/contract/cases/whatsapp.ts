import type { ContractCase } from '../case.ts'
import { answer, badCredentials, mediaFailure, metaSecrets, refused, signByMeta, unclearEnds } from './meta.ts'

const settings = { ...metaSecrets, phoneNumberId: '1001', businessAccountId: '2002' }
const sending = { settings, data: { to: '79991234567', type: 'text', text: 'hi' } }

export const whatsapp: ContractCase = {
  settings,
  proofs: { signature: { settings, sign: signByMeta } },
  failures: [
    ...badCredentials(settings),
    ...unclearEnds(sending),
    refused(sending, [401, 190], 'auth_failed'),
    refused(sending, [400, 131047], 'window_closed'),
    refused(sending, [400, 131026], 'invalid_recipient'),
    refused(sending, [400, 131050], 'blocked'),
    refused(sending, [400, 131051], 'unsupported'),
    refused(sending, [400, 132001], 'rejected'),
    refused(sending, [403, 200], 'rejected'),
    refused(sending, [500, 131000], 'outcome_unknown'),
    refused(sending, [503, 131016], 'temporary'),
    refused(sending, [429, 130429], 'rate_limited', { headers: { 'retry-after': '7' }, retryAfterMs: 7_000 }),
    refused(sending, [400, 131056], 'rate_limited', { retryAfterMs: 6_000 }),
    refused(sending, [400, 80007], 'rate_limited', {
      headers: { 'x-business-use-case-usage': JSON.stringify({ '2002': [{ type: 'messaging', estimated_time_to_regain_access: 3 }] }) },
      retryAfterMs: 180_000,
    }),
    mediaFailure(
      'a file that is gone',
      settings,
      'rejected',
      () => '9001',
      () => (_request, response) => answer(response, 400, { error: { code: 100, message: 'gone' } }),
    ),
    mediaFailure(
      'a dead link',
      settings,
      'rejected',
      () => '9001',
      (root) => (request, response) =>
        request.url?.startsWith('/dead') ? answer(response, 404, {}) : answer(response, 200, { url: `${root}/dead` }),
    ),
    mediaFailure(
      'a link that leads to a stranger',
      settings,
      'rejected',
      () => '9001',
      () => (_request, response) => answer(response, 200, { url: 'https://evil.example/facebook.com' }),
    ),
  ],
}
