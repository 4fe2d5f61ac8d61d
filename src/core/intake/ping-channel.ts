import type { Caller } from '../access/audit.ts'
import { type ChannelDeps, changeChannel, lockedChannel } from '../channels/change-channel.ts'
import { forConnector } from '../channels/channel.ts'
import { CoreError } from '../errors.ts'
import { createDoors } from '../visitors/door.ts'
import type { Intake } from './deliver.ts'

/**
 * Sends a channel a test as its connector makes it, by the way of every webhook: proof, storing, reading. It is marked as a test and touches no card.
 * @throws CoreError `not_found`, `invalid_settings`, `unsupported`; `check_failed` when the channel's own proof refuses it
 */
export async function pingChannel(deps: ChannelDeps & Pick<Intake, 'deliver'>, caller: Caller, id: string): Promise<void> {
  const channel = deps.directory.byId(id)
  if (!channel) throw new CoreError('not_found')
  if (channel.settingsFault) throw new CoreError('invalid_settings', channel.settingsFault)
  const { connector } = channel
  if (!connector.testRequest) throw new CoreError('unsupported', 'This connector knows no test of its own.')
  const seen = forConnector(channel, deps.publicUrl)
  const request = connector.testRequest(seen)
  const verdict = connector.verify?.(request, seen, createDoors(deps)(channel.id)) ?? { is: 'ok' }
  if (verdict.is !== 'ok') throw new CoreError('check_failed', verdict.is === 'refused' ? verdict.reason : 'It was answered as a handshake.')
  await deps.deliver(channel, request)
  await changeChannel(deps, caller, async (tx) => ({ row: await lockedChannel(tx, id), action: 'channel.tested' }))
}
