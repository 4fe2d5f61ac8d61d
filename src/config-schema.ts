import { z } from 'zod'

/** A variable as people set it: its name is the key; a secret's value is never repeated in a message. */
interface Described {
  description: string
  default?: string
  secret?: true
}

function described<Schema extends z.ZodType>(schema: Schema, about: Described): Schema {
  return schema.meta({ ...about })
}

const port = z.coerce
  .number('must be a port, 0 to 65535')
  .int('must be a port, 0 to 65535')
  .min(0, 'must be a port, 0 to 65535')
  .max(65535, 'must be a port, 0 to 65535')
const url = (protocols: RegExp, example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.test(text), `must look like ${example}`)
const file = z.string()
const flag = z.stringbool({ error: 'must be true or false' })

const origin = url(/^https?:/, 'https://hub.example.com')
  .refine((text) => !URL.canParse(text) || /^\/*$/.test(new URL(text).pathname + new URL(text).search), 'must have no path')
  .transform((text) => new URL(text).origin)

/** `false`, the number of proxies in front, or the addresses of those that are believed. */
const trustProxy = z.string().transform((text, context): false | number | string[] => {
  if (/^(false|no|off|0)$/i.test(text)) return false
  if (/^(true|yes|on)$/i.test(text)) return 1
  if (/^\d+$/.test(text)) return Number(text)
  const addresses = text.split(',').map((address) => address.trim())
  const known = /^(loopback|linklocal|uniquelocal|[\da-f:.]+(\/\d{1,3})?)$/i
  if (addresses.every((address) => known.test(address))) return addresses
  context.addIssue({ code: 'custom', message: 'must be a number of proxies or a list of addresses' })
  return z.NEVER
})

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)

/** Every variable of the environment that the hub reads. An empty value counts as absent. */
export const environment = z.object({
  PORT: described(port.default(3000), { description: 'Port of console, API, webhooks and live events. 0 takes any free one', default: '3000' }),
  HOST: described(z.string().default('127.0.0.1'), { description: 'Address to listen on. 0.0.0.0 opens it to the network', default: '127.0.0.1' }),
  PUBLIC_URL: described(origin.optional(), {
    description: 'Where browsers and vendors reach the hub, as in https://hub.example.com. Webhook addresses begin with it',
    default: 'http://<HOST>:<PORT>',
  }),
  TRUST_PROXY: described(trustProxy.default(false), {
    description:
      'Behind a proxy: how many of them stand in front, or their addresses (10.0.0.1, 10.1.0.0/16, loopback). Without it forwarded addresses are not believed',
    default: 'false',
  }),
  TLS_CERT: described(file.optional(), { description: 'File of the certificate chain (PEM), to serve HTTPS without a proxy. Needs TLS_KEY' }),
  TLS_KEY: described(file.optional(), { description: 'File of its private key (PEM)' }),
  DATA_DIR: described(file.default('./data'), { description: 'Folder of everything the hub keeps on this machine', default: './data' }),
  DATABASE_URL: described(url(/^postgres(ql)?:/, 'postgresql://user:password@host:5432/name').optional(), {
    description: 'A PostgreSQL server of yours, 15 or newer. Absent: an embedded one in DATA_DIR',
    secret: true,
  }),
  REDIS_URL: described(url(/^rediss?:/, 'redis://host:6379').optional(), {
    description: 'A Redis server for jobs and live events of several processes. Absent: PostgreSQL does both',
    secret: true,
  }),
  S3_BUCKET: described(z.string().optional(), { description: 'Bucket for files. Absent: files are kept in DATA_DIR' }),
  S3_ENDPOINT: described(url(/^https?:/, 'https://s3.example.com').optional(), { description: 'Address of an S3 service other than Amazon’s' }),
  S3_REGION: described(z.string().default('us-east-1'), { description: 'Region of the bucket', default: 'us-east-1' }),
  S3_ACCESS_KEY_ID: described(z.string().optional(), { description: 'Key id for the bucket' }),
  S3_SECRET_ACCESS_KEY: described(z.string().optional(), { description: 'Its secret', secret: true }),
  S3_FORCE_PATH_STYLE: described(flag.default(false), {
    description: 'true puts the bucket into the path instead of the host name (MinIO)',
    default: 'false',
  }),
  SECRET_KEY: described(z.string().min(16, 'must have at least 16 characters').optional(), {
    description:
      'Encrypts the secrets of channels and signs. Absent: made once in DATA_DIR. Keep a copy: without it the secrets in the database cannot be read',
    secret: true,
  }),
  BACKUP_DIR: described(file.optional(), {
    description: 'Folder of the backups that the hub makes by itself. Another disk, or a mounted share, survives the loss of this one',
    default: '<DATA_DIR>/backups',
  }),
  BACKUP_EVERY_HOURS: described(
    z.coerce.number('must be hours, 0 to 720').int('must be whole hours').min(0, 'must be 0 or more').max(720, 'must be 720 or less').default(24),
    {
      description: 'Hours between backups, counted from three at night in the time zone of the firm. 0: none by itself',
      default: '24',
    },
  ),
  BACKUP_KEEP: described(
    z.coerce
      .number('must be a number, 1 to 1000')
      .int('must be a whole number')
      .min(1, 'must be 1 or more')
      .max(1000, 'must be 1000 or less')
      .default(7),
    {
      description: 'How many backups are kept; older ones are removed when a new one is proven',
      default: '7',
    },
  ),
  BACKUP_PASSPHRASE: described(z.string().min(12, 'must have at least 12 characters').optional(), {
    description: 'Encrypts backups (age, scrypt). Keep a copy elsewhere: without it they cannot be read',
    secret: true,
  }),
  BACKUP_CHECK: described(flag.default(true), {
    description: 'Restore each new backup into a scratch database and compare, before older ones are removed',
    default: 'true',
  }),
  ADMIN_EMAIL: described(z.email('must be an e-mail address').optional(), {
    description: 'With ADMIN_PASSWORD: makes the first administrator without the set-up page',
  }),
  ADMIN_PASSWORD: described(z.string().min(8, 'must have at least 8 characters').optional(), {
    description: 'Password of the first administrator',
    secret: true,
  }),
  ADMIN_API_KEY: described(z.string().min(12, 'must have at least 12 characters').optional(), {
    description: 'An API key with the rights of an administrator that exists from the start, for scripts',
    secret: true,
  }),
  OIDC_ISSUER: described(url(/^https?:/, 'https://login.example.com').optional(), {
    description: 'Sign-in service of the firm (OpenID Connect), beside passwords. Let it redirect to <PUBLIC_URL>/api/auth/callback/oidc',
  }),
  OIDC_CLIENT_ID: described(z.string().optional(), { description: 'The hub’s name at that service' }),
  OIDC_CLIENT_SECRET: described(z.string().optional(), { description: 'Its secret there', secret: true }),
  SMTP_IN_PORT: described(port.optional(), { description: 'Port of the built-in mail door. Absent: off' }),
  LOG_LEVEL: described(
    z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be fatal, error, warn, info, debug, trace or silent')
      .default('info'),
    {
      description: 'How much is logged: fatal, error, warn, info, debug, trace or silent',
      default: 'info',
    },
  ),
  ROLE: described(z.enum(['all', 'web', 'worker', 'listener'], 'must be all, web, worker or listener').default('all'), {
    description:
      'What this process does: web serves console, API and webhooks; worker applies and sends; listener holds long-lived connections; all does everything. Others than all need DATABASE_URL',
    default: 'all',
  }),
  CONNECTORS: described(list.default([]), { description: 'Connectors from outside the repository, separated by commas: paths or names of packages' }),
})

export type Environment = z.output<typeof environment>
