import { join, resolve } from 'node:path'
import type { z } from 'zod'
import { type Environment, environment } from './config-schema.ts'
import { StartFailure } from './core/start-failure.ts'

export interface Config {
  port: number
  host: string
  /** Without a slash at its end. */
  publicUrl: string
  /** What express calls "trust proxy". */
  trustProxy: false | number | string[]
  /** Paths of PEM files. */
  tls: { cert: string; key: string } | undefined
  /** Absolute. */
  dataDir: string
  databaseUrl: string | undefined
  redisUrl: string | undefined
  s3: S3Config | undefined
  secretKey: string | undefined
  backup: BackupConfig
  adminEmail: string | undefined
  adminPassword: string | undefined
  adminApiKey: string | undefined
  elsewhere: { issuer: string; clientId: string; clientSecret: string } | undefined
  smtpInPort: number | undefined
  logLevel: Environment['LOG_LEVEL']
  role: Environment['ROLE']
  connectors: string[]
}

export interface BackupConfig {
  /** Absolute. */
  folder: string
  /** 0: none by itself. */
  everyHours: number
  keep: number
  passphrase: string | undefined
  check: boolean
}

export interface S3Config {
  bucket: string
  endpoint: string | undefined
  region: string
  accessKeyId: string
  secretAccessKey: string
  forcePathStyle: boolean
}

/**
 * Reads the environment once.
 * @throws StartFailure `config_invalid`, naming every bad variable in one line and never a secret's value.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => name in environment.shape && value?.trim()))
  const parsed = environment.safeParse(given)
  const problems = parsed.success ? contradictions(parsed.data) : parsed.error.issues.map((issue) => describe(issue, given))
  if (!parsed.success || problems.length > 0) {
    throw new StartFailure('config_invalid', `The environment is not usable: ${problems.join('; ')}.`)
  }
  const values = parsed.data
  const tls = values.TLS_CERT && values.TLS_KEY ? { cert: resolve(values.TLS_CERT), key: resolve(values.TLS_KEY) } : undefined
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? ownUrl(values, tls !== undefined),
    trustProxy: values.TRUST_PROXY,
    tls,
    dataDir: resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    s3: readS3(values),
    secretKey: values.SECRET_KEY,
    backup: {
      folder: resolve(values.BACKUP_DIR ?? join(values.DATA_DIR, 'backups')),
      everyHours: values.BACKUP_EVERY_HOURS,
      keep: values.BACKUP_KEEP,
      passphrase: values.BACKUP_PASSPHRASE,
      check: values.BACKUP_CHECK,
    },
    adminEmail: values.ADMIN_EMAIL,
    adminPassword: values.ADMIN_PASSWORD,
    adminApiKey: values.ADMIN_API_KEY,
    elsewhere: readElsewhere(values),
    smtpInPort: values.SMTP_IN_PORT,
    logLevel: values.LOG_LEVEL,
    role: values.ROLE,
    connectors: values.CONNECTORS,
  }
}

/** Settings that are each right but cannot stand together. */
function contradictions(values: Environment): string[] {
  const problems: string[] = []
  if (Boolean(values.TLS_CERT) !== Boolean(values.TLS_KEY)) problems.push('TLS_CERT and TLS_KEY need each other')
  if (Boolean(values.ADMIN_EMAIL) !== Boolean(values.ADMIN_PASSWORD)) problems.push('ADMIN_EMAIL and ADMIN_PASSWORD need each other')
  if (values.S3_BUCKET && !(values.S3_ACCESS_KEY_ID && values.S3_SECRET_ACCESS_KEY)) {
    problems.push('S3_BUCKET needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY')
  }
  if (values.ROLE !== 'all' && !values.DATABASE_URL) problems.push(`ROLE=${values.ROLE} needs DATABASE_URL`)
  if (values.SMTP_IN_PORT && values.SMTP_IN_PORT === values.PORT) problems.push('SMTP_IN_PORT and PORT must differ')
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = values
  if ([OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET].some(Boolean) && !readElsewhere(values)) {
    problems.push('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET need each other')
  }
  return problems
}

function readElsewhere({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret }: Environment): Config['elsewhere'] {
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : undefined
}

function describe(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0])
  const schema = environment.shape[name as keyof Environment]
  const shown = schema.meta()?.secret ? '' : ` (it is ${JSON.stringify(given[name])})`
  return `${name} ${issue.message}${shown}`
}

function readS3(values: Environment): S3Config | undefined {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values
  if (!bucket || !accessKeyId || !secretAccessKey) return undefined
  return { bucket, endpoint: values.S3_ENDPOINT, region: values.S3_REGION, accessKeyId, secretAccessKey, forcePathStyle: values.S3_FORCE_PATH_STYLE }
}

function ownUrl(values: Environment, secure: boolean): string {
  const everywhere = ['0.0.0.0', '::', ''].includes(values.HOST)
  const host = everywhere ? 'localhost' : values.HOST.includes(':') ? `[${values.HOST}]` : values.HOST
  return new URL(`${secure ? 'https' : 'http'}://${host}:${values.PORT}`).origin
}
