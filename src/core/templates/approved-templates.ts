import { forConnector } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { ApprovedTemplate, ChosenTemplate } from '../connector/approved-template.ts'
import { ConnectorError } from '../connector/errors.ts'
import type { Hub } from '../connector/hub.ts'
import { CoreError } from '../errors.ts'
import { emptyPlaces, fillApproved } from './fill-approved.ts'

const keptMs = 10 * 60_000

export interface ApprovedTemplates {
  /** What the vendor has approved for a channel, kept for ten minutes; `isFresh` asks anew. Throws `not_found`, `unsupported`, `unavailable`. */
  list(channelId: string, isFresh?: boolean): Promise<ApprovedTemplate[]>
  /** The text of a chosen one, as the client will read it. Throws as `list`, and `invalid_request` for one that is unknown or not filled in. */
  fill(channelId: string, chosen: ChosenTemplate): Promise<string>
}

interface Kept {
  until: number
  templates: Promise<ApprovedTemplate[]>
}

/** In the memory of this process: who asks another process asks the vendor again. */
export function createApprovedTemplates(deps: { directory: ChannelDirectory; hubOf(channelId: string): Hub; publicUrl: string }): ApprovedTemplates {
  const kept = new Map<string, Kept>()

  async function ask(channelId: string): Promise<ApprovedTemplate[]> {
    const channel = deps.directory.byId(channelId)
    if (!channel || channel.settingsFault) throw new CoreError('not_found', 'There is no such channel.')
    if (!channel.connector.listTemplates) throw new CoreError('unsupported', 'This channel knows no approved templates.')
    try {
      return await channel.connector.listTemplates(forConnector(channel, deps.publicUrl), deps.hubOf(channelId))
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      throw new CoreError('unavailable', error.message, { ...(error.words && { words: error.words }) }, { cause: error })
    }
  }

  async function list(channelId: string, isFresh = false): Promise<ApprovedTemplate[]> {
    const known = kept.get(channelId)
    if (known && known.until > Date.now() && !isFresh) return await known.templates
    const templates = ask(channelId)
    kept.set(channelId, { until: Date.now() + keptMs, templates })
    return await templates.catch((error: unknown) => {
      kept.delete(channelId)
      throw error
    })
  }

  return {
    list,
    async fill(channelId, chosen) {
      const template = (await list(channelId)).find(({ name, language }) => name === chosen.name && language === chosen.language)
      if (!template) throw new CoreError('invalid_request', 'There is no such approved template.')
      const missing = emptyPlaces(template, chosen.values)
      if (missing.length > 0) throw new CoreError('invalid_request', `Fill in: ${missing.join(', ')}`)
      return fillApproved(template, chosen.values)
    },
  }
}
