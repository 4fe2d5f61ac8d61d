import type { CheckResult } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import type { Localised } from '../../core/connector/manifest.ts'
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
    const found = details.filter((detail) => detail !== undefined)
    const words = found.length > 0 ? found : [atTheDoor(settings.address)]
    const [en, ru] = [words.map((one) => one.en).join('; '), words.map((one) => one.ru).join('; ')]
    return { ok: true, detail: en, words: { en, ru } }
  } catch (error) {
    return {
      ok: false,
      error: error instanceof ConnectorError ? error : connectFailure(error, incoming ?? outgoing ?? { host: settings.address, port: 0 }),
    }
  }
}

function atTheDoor(address: string): Localised {
  return { en: `Receives letters for ${address} at the built-in door`, ru: `Письма для ${address} принимает встроенный сервер` }
}

async function tryIncoming(settings: EmailSettings, server: Incoming, hub: Hub): Promise<Localised> {
  if (server.kind === 'pop3') {
    const client = await openPop3(settings, server, hub)
    try {
      const { length } = await listLetters(client)
      return { en: `POP3: letters: ${length}`, ru: `POP3: писем: ${length}` }
    } catch (error) {
      throw connectFailure(error, server)
    } finally {
      client.close()
    }
  }
  const client = await connectImap(settings, server, hub)
  try {
    const { exists } = await client.mailboxOpen('INBOX', { readOnly: true })
    return { en: `IMAP: letters in the inbox: ${exists}`, ru: `IMAP: писем во входящих: ${exists}` }
  } catch (error) {
    throw connectFailure(error, server)
  } finally {
    client.close()
  }
}

async function tryOutgoing(settings: EmailSettings, server: Outgoing, hub: Hub): Promise<Localised> {
  const { transport } = await openSmtp(settings, server, hub)
  try {
    await transport.verify()
    return { en: `SMTP: ${server.host}`, ru: `SMTP: ${server.host}` }
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
