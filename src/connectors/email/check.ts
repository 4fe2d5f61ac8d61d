import type { CheckResult } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { connectImap } from './imap/imap-client.ts'
import { openSmtp } from './outbound/smtp-client.ts'
import { listLetters, openPop3 } from './pop3/pop3-mailbox.ts'
import { endpointsOf, type Incoming, type Outgoing } from './servers/endpoints.ts'
import { connectFailure, MailError } from './servers/mail-error.ts'
import type { EmailSettings } from './settings.ts'

const limitMs = 18_000

/** Signs in once at every server the settings mean; changes nothing there. */
export async function checkMailbox(settings: EmailSettings, hub: Hub): Promise<CheckResult> {
  const { incoming, outgoing } = endpointsOf(settings)
  try {
    const details = await withLimit(Promise.all([incoming && tryIncoming(settings, incoming, hub), outgoing && tryOutgoing(settings, outgoing, hub)]))
    return {
      ok: true,
      detail: details.filter((detail) => detail !== undefined).join('; ') || `Receives letters for ${settings.address} at the built-in door`,
    }
  } catch (error) {
    return {
      ok: false,
      error: error instanceof ConnectorError ? error : connectFailure(error, incoming ?? outgoing ?? { host: settings.address, port: 0 }),
    }
  }
}

async function tryIncoming(settings: EmailSettings, server: Incoming, hub: Hub): Promise<string> {
  if (server.kind === 'pop3') {
    const client = await openPop3(settings, server, hub)
    try {
      return `POP3: ${(await listLetters(client)).length} letters`
    } catch (error) {
      throw connectFailure(error, server)
    } finally {
      client.close()
    }
  }
  const client = await connectImap(settings, server, hub)
  try {
    const { exists } = await client.mailboxOpen('INBOX', { readOnly: true })
    return `IMAP: ${exists} letters in the inbox`
  } catch (error) {
    throw connectFailure(error, server)
  } finally {
    client.close()
  }
}

async function tryOutgoing(settings: EmailSettings, server: Outgoing, hub: Hub): Promise<string> {
  const { transport } = await openSmtp(settings, server, hub)
  try {
    await transport.verify()
    return `SMTP: ${server.host}`
  } catch (error) {
    throw connectFailure(error, server)
  } finally {
    transport.close()
  }
}

async function withLimit<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new MailError('temporary', { en: 'The mail server does not answer.', ru: 'Почтовый сервер не отвечает.' })),
      limitMs,
    )
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
