import { ImapFlow } from 'imapflow'
import type { Hub } from '../../../core/connector/hub.ts'
import type { Incoming } from '../servers/endpoints.ts'
import { usesOAuth } from '../servers/endpoints.ts'
import { connectFailure, faultOf, MailError } from '../servers/mail-error.ts'
import { accessToken } from '../servers/tokens.ts'
import type { EmailSettings } from '../settings.ts'

/** Largest letter that is taken whole: 64 MB. */
export const maxLetterBytes = 64 * 1024 * 1024

/**
 * A connected, signed-in client (single use, as imapflow's are). `onClose` is called once when the connection ends for whatever reason.
 * Throws MailError.
 */
export async function connectImap(
  settings: EmailSettings,
  server: Incoming,
  hub: Pick<Hub, 'state' | 'fetch' | 'clock'>,
  onClose: (error: unknown) => void = () => {},
): Promise<ImapFlow> {
  try {
    return await connectOnce(settings, server, hub, { onClose, freshToken: false })
  } catch (error) {
    const isStaleToken =
      usesOAuth(settings) && error instanceof MailError && error.code === 'auth_failed' && faultOf(error.cause).authenticationFailed === true
    if (!isStaleToken) throw error
    return connectOnce(settings, server, hub, { onClose, freshToken: true })
  }
}

async function connectOnce(
  settings: EmailSettings,
  server: Incoming,
  hub: Pick<Hub, 'state' | 'fetch' | 'clock'>,
  options: { onClose: (error: unknown) => void; freshToken: boolean },
): Promise<ImapFlow> {
  const credentials = usesOAuth(settings) ? { accessToken: await accessToken(settings, hub, options.freshToken) } : { pass: settings.password ?? '' }
  const client = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    ...(server.security !== 'tls' && { doSTARTTLS: server.security === 'starttls' }),
    ...(settings.acceptAnyCertificate && { tls: { rejectUnauthorized: false } }),
    auth: { user: server.user, ...credentials },
    clientInfo: { name: 'Switchboard' },
    logger: false,
    autoIdleDelay: 300,
    maxIdleTime: 4 * 60_000,
    socketTimeout: 120_000,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    maxLiteralSize: maxLetterBytes + 65_536,
    maxResponseSize: maxLetterBytes + 1024 * 1024,
  })
  let fault: unknown
  let isConnected = false
  client.on('error', (error) => {
    fault ??= error
  })
  client.on('close', () => {
    if (isConnected) options.onClose(fault)
  })
  try {
    await client.connect()
    isConnected = true
    return client
  } catch (error) {
    client.close()
    throw connectFailure(error, server)
  }
}
