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
    .meta({ title: 'Address of the mailbox', titleRu: 'Адрес ящика' }),
  aliases: z.array(z.string()).default([]).meta({ title: 'Further addresses of this mailbox', titleRu: 'Другие адреса этого ящика', advanced: true }),
  fromName: z.string().optional().meta({ title: 'Name shown to clients', titleRu: 'Имя, которое видят клиенты' }),
  provider: z
    .enum(['auto', 'yandex', 'mailru', 'gmail', 'm365', 'outlook', 'icloud', 'yahoo', 'rambler', 'zoho', 'fastmail', 'other'])
    .default('auto')
    .meta({ title: 'Provider', titleRu: 'Провайдер', advanced: true }),
  user: z.string().optional().meta({ title: 'User name, when it is not the address', titleRu: 'Имя для входа, если это не адрес', advanced: true }),
  password: secret()
    .optional()
    .meta({ secret: true, title: 'Password (an app password at most providers)', titleRu: 'Пароль (у большинства провайдеров — пароль приложения)' }),
  incoming: z.enum(['imap', 'pop3', 'door']).optional().meta({ title: 'How letters are received', titleRu: 'Как получать письма', advanced: true }),
  host: z.string().optional().meta({ title: 'IMAP or POP3 server', titleRu: 'Сервер IMAP или POP3', advanced: true }),
  port: z.number().int().min(1).max(65535).optional().meta({ title: 'Its port', titleRu: 'Его порт', advanced: true }),
  security: security.optional().meta({ title: 'Its encryption', titleRu: 'Его шифрование', advanced: true }),
  smtpHost: z.string().optional().meta({ title: 'SMTP server', titleRu: 'Сервер SMTP', advanced: true }),
  smtpPort: z.number().int().min(1).max(65535).optional().meta({ title: 'SMTP port', titleRu: 'Порт SMTP', advanced: true }),
  smtpSecurity: security.optional().meta({ title: 'SMTP encryption', titleRu: 'Шифрование SMTP', advanced: true }),
  smtpUser: z.string().optional().meta({ title: 'User name for sending, when another', titleRu: 'Имя для отправки, если другое', advanced: true }),
  smtpPassword: secret()
    .optional()
    .meta({ secret: true, title: 'Password for sending, when another', titleRu: 'Пароль для отправки, если другой', advanced: true }),
  acceptAnyCertificate: z
    .boolean()
    .default(false)
    .meta({ title: 'Do not check certificates (own network only)', titleRu: 'Не проверять сертификаты (только в своей сети)', advanced: true }),
  oauthClientId: z.string().optional().meta({ title: 'OAuth client id', titleRu: 'OAuth client id своего приложения', advanced: true }),
  oauthClientSecret: secret()
    .optional()
    .meta({ secret: true, title: 'OAuth client secret', titleRu: 'OAuth client secret своего приложения', advanced: true }),
  oauthTenant: z.string().optional().meta({ title: 'Microsoft tenant', titleRu: 'Каталог (tenant) Microsoft', advanced: true }),
  oauthRefreshToken: secret().optional().meta({
    secret: true,
    title: 'OAuth refresh token (comes by itself with the sign-in)',
    titleRu: 'OAuth refresh token (появится сам после входа)',
    advanced: true,
  }),
  oauthAuthorizeUrl: z.url().optional().meta({
    title: 'OAuth consent address, when the provider is not a known one',
    titleRu: 'Адрес согласия OAuth, если провайдер неизвестен',
    advanced: true,
  }),
  oauthTokenUrl: z.url().optional().meta({
    title: 'OAuth token address, when the provider is not a known one',
    titleRu: 'Адрес токенов OAuth, если провайдер неизвестен',
    advanced: true,
  }),
  oauthScope: z
    .string()
    .optional()
    .meta({ title: 'OAuth scopes, when the provider is not a known one', titleRu: 'Права OAuth, если провайдер неизвестен', advanced: true }),
  folders: z.array(z.string()).default([]).meta({
    title: 'Folders to read; empty: inbox, sent and junk',
    titleRu: 'Папки для чтения; пусто: входящие, отправленные и спам',
    advanced: true,
  }),
  backfillFrom: z.iso.date().optional().meta({ title: 'Fetch old letters from this date on', titleRu: 'Загрузить прежние письма с этой даты' }),
  pollSeconds: z
    .number()
    .int()
    .min(1)
    .max(86_400)
    .optional()
    .meta({ title: 'How often to look, in seconds', titleRu: 'Как часто проверять, в секундах', advanced: true }),
  trustedAuthServers: z
    .array(z.string())
    .default([])
    .meta({ title: 'Servers whose Authentication-Results are believed', titleRu: 'Серверы, чьим Authentication-Results верим', advanced: true }),
  plusAddressing: z
    .boolean()
    .optional()
    .meta({ title: 'Answers may come to name+token@domain', titleRu: 'Ответы могут приходить на имя+метка@домен', advanced: true }),
  saveSent: z
    .enum(['auto', 'always', 'never'])
    .default('auto')
    .meta({ title: 'Keep a copy in the Sent folder', titleRu: 'Класть копию в «Отправленные»', advanced: true }),
  maxSendBytes: z
    .number()
    .int()
    .positive()
    .default(25_000_000)
    .meta({ title: 'Largest letter to send, in bytes', titleRu: 'Наибольшее письмо на отправку, в байтах', advanced: true }),
})

export type EmailSettings = z.infer<typeof emailSettings>
