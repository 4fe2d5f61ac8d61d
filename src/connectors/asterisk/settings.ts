import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'
import { isTimeZone } from '../../core/connector/zoned-time.ts'

const patterns = z.string().trim().max(1000).default('')

export const settings = z.object({
  host: z.string().trim().min(1).max(253).meta({ title: 'Address of Asterisk', description: 'As the hub reaches it: 192.168.1.10' }),
  port: z.int().min(1).max(65535).default(5038).meta({ title: 'Port of AMI', description: '5038, with TLS usually 5039' }),
  username: z.string().trim().min(1).max(100).meta({ title: 'AMI user', description: 'The section of manager.conf' }),
  secret: secret().min(1).max(200).meta({ title: 'AMI secret' }),
  tls: z.boolean().default(false).meta({ title: 'TLS', description: 'tlsenable = yes in manager.conf' }),
  certificate: z
    .string()
    .trim()
    .optional()
    .meta({ title: 'Certificate of Asterisk', description: 'PEM text of a certificate that it made itself; empty: one that everybody trusts' }),
  phones: patterns.meta({ title: 'Phones of users', description: 'PJSIP/1*, SIP/anna; empty: names of two to five digits' }),
  trunks: patterns.meta({ title: 'Trunks', description: 'PJSIP/mts*, DAHDI/*; empty: whatever is no phone of a user' }),
  international: z
    .boolean()
    .default(false)
    .meta({ title: 'Numbers are international without a plus', description: 'As 79990001122 for +79990001122' }),
  context: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .default('from-internal')
    .meta({ title: 'Context for click to call', description: 'The one users dial in' }),
  phoneChannel: z
    .string()
    .trim()
    .regex(/^[\w/@.{}-]+$/)
    .default('PJSIP/{user}')
    .meta({ title: 'How a phone is rung', description: '{user} is the extension from Team' }),
  dialPrefix: z
    .string()
    .trim()
    .regex(/^[+\d]*$/, 'Digits or +')
    .default('')
    .meta({ title: 'Put before a client’s number', description: 'What your dialplan expects: 9, +; the number follows as 79990001122' }),
  recordingsRoot: z
    .string()
    .trim()
    .startsWith('/')
    .default('/var/spool/asterisk/monitor')
    .meta({ title: 'Folder of recordings on Asterisk', description: 'What its file names begin with' }),
  recordingsFolder: z
    .string()
    .trim()
    .startsWith('/')
    .optional()
    .meta({ title: 'The same folder as the hub sees it', description: 'Shared or mounted; or give an address below' }),
  recordingsUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ title: 'Address of the same folder', description: 'http://192.168.1.10/monitor' }),
  cdrDatabase: secret()
    .trim()
    .regex(/^(?:postgres(?:ql)?|mysql|mariadb):\/\/\S+$/, 'mysql://user:password@host/asteriskcdrdb or postgresql://…')
    .optional()
    .meta({
      title: 'Database of the CDR',
      description: 'mysql://user:password@192.168.1.10/asteriskcdrdb or postgresql://…: calls of the time when there was no connection',
    }),
  cdrTable: z
    .string()
    .trim()
    .regex(/^\w+(?:\.\w+)?$/, 'Letters, digits and _')
    .default('cdr')
    .meta({ title: 'Table of the CDR' }),
  cdrFile: z.string().trim().startsWith('/').optional().meta({ title: 'CDR file', description: 'Without a database: Master.csv as the hub sees it' }),
  cdrUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ title: 'Address of the CDR file' }),
  httpUser: z.string().trim().optional().meta({ title: 'User for these addresses' }),
  httpPassword: secret().optional().meta({ title: 'Password for these addresses' }),
  cdrColumns: z
    .string()
    .trim()
    .default(
      'accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,uniqueid,userfield',
    )
    .meta({ title: 'Columns of the CDR file', description: 'In their order; loguniqueid = yes in cdr.conf adds uniqueid' }),
  /** IANA name; CDR times have no zone. */
  timeZone: z.string().refine(isTimeZone, 'not a time zone').default('UTC').meta({ title: 'Time zone of Asterisk', description: 'Europe/Moscow' }),
})

export type Settings = z.output<typeof settings>
