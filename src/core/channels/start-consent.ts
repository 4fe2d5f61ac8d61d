import { CoreError } from '../errors.ts'
import type { ChangedBy, ChannelDeps } from './change-channel.ts'
import { consentReturnUrl, hashState, newConsentSecrets } from './consent.ts'
import { insertConsent } from './consent-store.ts'

/**
 * Where a signed-in person goes to allow this channel access at its vendor; good for ten minutes, once, for him alone. Throws `not_found`,
 * `invalid_settings`, `unsupported`; `check_failed` with what is missing in the settings; `forbidden` for API keys, which have no browser.
 */
export async function startConsent(deps: ChannelDeps, input: ChangedBy & { id: string }): Promise<{ url: string }> {
  const channel = deps.directory.byId(input.id)
  if (!channel) throw new CoreError('not_found')
  if (channel.settingsFault) throw new CoreError('invalid_settings', channel.settingsFault)
  if (!channel.connector.consentUrl) throw new CoreError('unsupported', 'This connector signs in with what is typed into its settings.')
  if (input.actor.kind !== 'user') throw new CoreError('forbidden', 'Consent is given in a browser: sign in as a user.')
  const { state, verifier, challenge } = newConsentSecrets()
  const request = { redirectUrl: consentReturnUrl(deps.publicUrl), state, codeChallenge: challenge }
  const offer = channel.connector.consentUrl(channel.settings, request)
  if ('refused' in offer) throw new CoreError('check_failed', offer.refused.en, { words: offer.refused })
  await insertConsent(deps.pool, { stateHash: hashState(state), channelId: channel.id, userId: input.actor.id, verifier: deps.vault.seal(verifier) })
  return { url: offer.url }
}
