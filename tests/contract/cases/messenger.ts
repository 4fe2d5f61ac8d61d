import type { ContractCase } from '../case.ts'
import { answer, badCredentials, mediaFailure, metaSecrets, refused, signByMeta, unclearEnds } from './meta.ts'

const settings = { ...metaSecrets, pageId: '3003' }
const sending = { settings, data: { to: '77009', text: 'hi' } }

export const messenger: ContractCase = {
  settings,
  proofs: { signature: { settings, sign: signByMeta } },
  failures: [
    ...badCredentials(settings),
    ...unclearEnds(sending),
    refused(sending, [401, 190, 460], 'auth_failed'),
    refused(sending, [403, 10, 2018278], 'window_closed'),
    refused(sending, [400, 551, 1545041], 'blocked'),
    refused(sending, [400, 100, 2018001], 'invalid_recipient'),
    refused(sending, [400, 100], 'rejected'),
    refused(sending, [403, 200, 2018028], 'rejected'),
    refused(sending, [400, 368], 'rejected'),
    refused(sending, [400, 613], 'rate_limited', { headers: { 'retry-after': '11' }, retryAfterMs: 11_000 }),
    refused(sending, [500, 1200], 'temporary'),
    mediaFailure(
      'a dead link',
      settings,
      'rejected',
      (root) => `${root}/photo.jpg`,
      () => (_request, response) => answer(response, 403, {}),
    ),
    mediaFailure(
      'a broken server on a file',
      settings,
      'temporary',
      (root) => `${root}/photo.jpg`,
      () => (_request, response) => answer(response, 500, {}),
    ),
    mediaFailure(
      'a link into the house',
      settings,
      'rejected',
      () => 'http://192.168.0.1/photo.jpg',
      () => (_request, response) => answer(response, 200, {}),
    ),
  ],
}
