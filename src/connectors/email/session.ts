import type { Session } from '../../core/connector/connector.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { watchMailbox } from './imap/imap-session.ts'
import { keepRunning, sleep } from './keep-running.ts'
import { pollMailbox } from './pop3/pop3-session.ts'
import { endpointsOf } from './servers/endpoints.ts'
import type { EmailSettings } from './settings.ts'

/** Watches the mailbox of a channel by IMAP or POP3. A channel that only receives at the built-in door has nothing to watch. */
export function openSession(channel: Channel<EmailSettings>, hub: Hub): Session {
  const { incoming } = endpointsOf(channel.settings)
  return keepRunning(hub, async (signal) => {
    if (incoming === undefined) {
      hub.report({ state: 'ok' })
      await sleep(2 ** 31 - 1, signal)
    } else if (incoming.kind === 'imap') await watchMailbox(channel.settings, incoming, hub, signal)
    else await pollMailbox(channel.settings, incoming, hub, signal)
  })
}
