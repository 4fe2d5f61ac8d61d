import { ConnectorError } from '../connector/errors.ts'
import type { Hub } from '../connector/hub.ts'
import type { ChangedBy, ChannelDeps } from './change-channel.ts'
import { consentReturnUrl, hashState } from './consent.ts'
import { takeConsent } from './consent-store.ts'
import { reportChannel } from './report-channel.ts'
import { updateChannel } from './update-channel.ts'

/** `expired`: unknown, used, too late, or begun by somebody else. `denied`: the person said no. `failed`: the vendor did; its words are the channel's state. */
export type ConsentOutcome = { is: 'expired' } | { is: 'done' | 'denied' | 'failed'; channelId: string }

export interface ConsentReturn extends ChangedBy {
  state: string
  /** Absent when the person or the vendor refused. */
  code?: string | undefined
}

/** What the browser brought back from a vendor's consent page: the channel keeps the access and connects anew. */
export async function finishConsent(deps: ChannelDeps & { hubOf(channelId: string): Hub }, input: ConsentReturn): Promise<ConsentOutcome> {
  const { actor, ip, state, code } = input
  const consent = actor.kind === 'user' ? await takeConsent(deps.pool, hashState(state), actor.id) : undefined
  if (consent === undefined) return { is: 'expired' }
  const channel = deps.directory.byId(consent.channelId)
  if (!channel?.connector.acceptConsent || channel.settingsFault) return { is: 'expired' }
  const channelId = channel.id
  if (code === undefined) return { is: 'denied', channelId }
  const grant = { code, redirectUrl: consentReturnUrl(deps.publicUrl), codeVerifier: deps.vault.open(consent.verifier) }
  try {
    const gained = await channel.connector.acceptConsent(grant, channel.settings, deps.hubOf(channelId))
    await updateChannel(deps, { actor, ip, id: channelId, settings: gained })
    return { is: 'done', channelId }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    await reportChannel(deps, channelId, { state: 'attention', detail: error.words ?? { en: error.message, ru: error.message } })
    return { is: 'failed', channelId }
  }
}
