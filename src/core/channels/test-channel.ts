import type { Hub } from '../connector/hub.ts'
import { CoreError } from '../errors.ts'
import type { ChannelDeps } from './change-channel.ts'
import { type ChannelCheck, runCheck } from './check-channel.ts'
import { reportChannel } from './report-channel.ts'

/** Tries a saved channel's credentials now and writes what came of it to its state. Throws `not_found`. */
export async function testChannel(deps: ChannelDeps & { hubOf(channelId: string): Hub }, id: string): Promise<ChannelCheck> {
  const channel = deps.directory.byId(id)
  if (!channel) throw new CoreError('not_found')
  if (channel.settingsFault) return { ok: false, code: 'rejected', message: channel.settingsFault }
  const result = await runCheck(() => channel.connector.check(channel.settings, deps.hubOf(id)))
  if (result.ok) await reportChannel(deps, id, { state: 'ok' })
  else if (result.code === 'auth_failed')
    await reportChannel(deps, id, { state: 'attention', detail: result.words ?? { en: result.message, ru: result.message } })
  return result
}
