import { createTransport } from 'nodemailer'
import type { Hub } from '../../../core/connector/hub.ts'
import { type Outgoing, usesOAuth } from '../servers/endpoints.ts'
import { accessToken } from '../servers/tokens.ts'
import type { EmailSettings } from '../settings.ts'

export interface SmtpClient {
  transport: ReturnType<typeof createSmtp>
  /** True once the final dot of the letter was written: from then on the server may have accepted it. */
  wasDotWritten(): boolean
}

/** A transport for one letter. nodemailer tells the same error before and after the final dot, so its own log is what tells them apart. */
export async function openSmtp(
  settings: EmailSettings,
  server: Outgoing,
  hub: Pick<Hub, 'state' | 'fetch' | 'clock'>,
  freshToken = false,
): Promise<SmtpClient> {
  const auth = await credentials(settings, server, hub, freshToken)
  let dotWritten = false
  const silent = () => {}
  const logger = {
    trace: silent,
    debug: silent,
    info: (entry: unknown) => {
      if (typeof entry === 'object' && entry !== null && 'tnx' in entry && entry.tnx === 'message') dotWritten = true
    },
    warn: silent,
    error: silent,
    fatal: silent,
  }
  return { transport: createSmtp(settings, server, { auth, logger }), wasDotWritten: () => dotWritten }
}

type Auth = { user: string; pass: string } | { type: 'OAuth2'; user: string; accessToken: string } | undefined

function createSmtp(settings: EmailSettings, server: Outgoing, options: { auth: Auth; logger: Record<string, (entry: unknown) => void> }) {
  return createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    ...(settings.acceptAnyCertificate && { tls: { rejectUnauthorized: false } }),
    ...(options.auth !== undefined && { auth: options.auth }),
    connectionTimeout: 30_000,
    greetingTimeout: 30_000,
    socketTimeout: 600_000,
    logger: options.logger,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

async function credentials(
  settings: EmailSettings,
  server: Outgoing,
  hub: Pick<Hub, 'state' | 'fetch' | 'clock'>,
  freshToken: boolean,
): Promise<Auth> {
  if (server.user === undefined) return undefined
  if (usesOAuth(settings)) return { type: 'OAuth2', user: server.user, accessToken: await accessToken(settings, hub, freshToken) }
  return { user: server.user, pass: settings.smtpPassword ?? settings.password ?? '' }
}
