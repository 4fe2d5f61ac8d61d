import type { Channel } from '../../../core/connector/hub.ts'
import { foldAddress, splitPlus } from '../mime/addresses.ts'
import type { EmailSettings } from '../settings.ts'

/** The channel that an envelope recipient means; what stands behind a plus is ignored. */
export function findChannel(channels: Channel<EmailSettings>[], recipient: string): Channel<EmailSettings> | undefined {
  const folded = foldAddress(recipient)
  const base = splitPlus(folded).base
  const owns = (channel: Channel<EmailSettings>, address: string) =>
    [channel.settings.address, ...channel.settings.aliases].some((own) => foldAddress(own) === address)
  return channels.find((channel) => owns(channel, folded)) ?? channels.find((channel) => owns(channel, base))
}
