import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'

/** `tls`: encrypted from the first byte. `starttls`: upgraded, and refused when the server cannot. `none`: plain text, for servers in one's own network. */
const security = z.enum(['tls', 'starttls', 'none'])

/** Settings of one mailbox. `{ address }` alone receives by the built-in SMTP door; `{ address, password }` is enough for known providers. */
export const emailSettings = z.object({
  address: z
    .string()
    .trim()
    .regex(/^[^\s@<>]+@[^\s@<>]+$/)
    .meta({ title: 'Address of the mailbox' }),
  aliases: z.array(z.string()).default([]).meta({ title: 'Further addresses of this mailbox' }),
  fromName: z.string().optional().meta({ title: 'Name shown to clients' }),
  provider: z
    .enum(['auto', 'yandex', 'mailru', 'gmail', 'm365', 'outlook', 'icloud', 'yahoo', 'rambler', 'zoho', 'fastmail', 'other'])
    .default('auto')
    .meta({ title: 'Provider' }),
  user: z.string().optional().meta({ title: 'User name, when it is not the address' }),
  password: secret().optional().meta({ secret: true, title: 'Password (an app password at most providers)' }),
  incoming: z.enum(['imap', 'pop3', 'door']).optional().meta({ title: 'How letters are received' }),
  host: z.string().optional().meta({ title: 'IMAP or POP3 server' }),
  port: z.number().int().min(1).max(65535).optional().meta({ title: 'Its port' }),
  security: security.optional().meta({ title: 'Its encryption' }),
  smtpHost: z.string().optional().meta({ title: 'SMTP server' }),
  smtpPort: z.number().int().min(1).max(65535).optional().meta({ title: 'Its port' }),
  smtpSecurity: security.optional().meta({ title: 'Its encryption' }),
  smtpUser: z.string().optional().meta({ title: 'User name for sending, when another' }),
  smtpPassword: secret().optional().meta({ secret: true, title: 'Password for sending, when another' }),
  acceptAnyCertificate: z.boolean().default(false).meta({ title: 'Do not check certificates (own network only)' }),
  oauthClientId: z.string().optional().meta({ title: 'OAuth client id' }),
  oauthClientSecret: secret().optional().meta({ secret: true, title: 'OAuth client secret' }),
  oauthTenant: z.string().optional().meta({ title: 'Microsoft tenant' }),
  oauthRefreshToken: secret().optional().meta({ secret: true, title: 'OAuth refresh token' }),
  oauthAuthorizeUrl: z.url().optional().meta({ title: 'OAuth consent address, when the provider is not a known one' }),
  oauthTokenUrl: z.url().optional().meta({ title: 'OAuth token address, when the provider is not a known one' }),
  oauthScope: z.string().optional().meta({ title: 'OAuth scopes, when the provider is not a known one' }),
  folders: z.array(z.string()).default([]).meta({ title: 'Folders to read; empty: inbox, sent and junk' }),
  backfillFrom: z.iso.date().optional().meta({ title: 'Fetch old letters from this date on' }),
  pollSeconds: z.number().int().min(1).max(86_400).optional().meta({ title: 'How often to look, in seconds' }),
  trustedAuthServers: z.array(z.string()).default([]).meta({ title: 'Servers whose Authentication-Results are believed' }),
  plusAddressing: z.boolean().optional().meta({ title: 'Answers may come to name+token@domain' }),
  saveSent: z.enum(['auto', 'always', 'never']).default('auto').meta({ title: 'Keep a copy in the Sent folder' }),
  maxSendBytes: z.number().int().positive().default(25_000_000).meta({ title: 'Largest letter to send, in bytes' }),
})

export type EmailSettings = z.infer<typeof emailSettings>
