import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'
import { isTimeZone } from '../../core/connector/zoned-time.ts'

export const settings = z
  .object({
    login: z.string().trim().optional().meta({ title: 'Login', description: 'Of the cabinet; not needed with an API key' }),
    password: secret().optional().meta({ title: 'Password', description: 'Or its MD5 in lower case' }),
    apiKey: secret().trim().optional().meta({ title: 'API key', description: 'In place of login and password' }),
    sender: z
      .string()
      .trim()
      .max(20)
      .optional()
      .meta({ title: 'Sender', description: 'A name that SMSC has approved; empty: the one of the cabinet' }),
    pollSeconds: z
      .number()
      .int()
      .min(0)
      .max(3600)
      .default(45)
      .meta({ title: 'Ask for answers every … seconds', description: '0: never, SMSC hands them over itself' }),
    secretWord: secret()
      .trim()
      .min(1)
      .optional()
      .meta({ title: 'Secret word', description: 'As set in the cabinet for the handler; empty: the hook address alone proves' }),
    checksum: z.enum(['md5', 'sha1', 'crc32']).default('md5').meta({ title: 'Checksum', description: 'Which of the checksums is looked at' }),
    statusChecksum: z
      .string()
      .default('{id}:{phone}:{status}:{secret}')
      .meta({ title: 'Checksum of a status', description: 'What it is made of: names of fields in braces' }),
    messageChecksum: z
      .string()
      .default('{phone}:{mes}:{to}:{secret}')
      .meta({ title: 'Checksum of a message', description: 'What it is made of: names of fields in braces' }),
    timeZone: z.string().refine(isTimeZone, 'not a time zone').default('Europe/Moscow').meta({ title: 'Time zone of the cabinet' }),
    apiRoot: z
      .url({ protocol: /^https?$/ })
      .default('https://smsc.ru/sys')
      .meta({ title: 'API address', description: 'Spare host: https://www2.smsc.ru/sys; also https://smsc.kz/sys, https://smsc.ua/sys' }),
  })
  .refine(({ login, password, apiKey }) => Boolean(apiKey) || (Boolean(login) && Boolean(password)), 'Login and password, or an API key')

export type Settings = z.output<typeof settings>
