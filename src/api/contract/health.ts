import { oc } from '@orpc/contract'
import { z } from 'zod'
import { time } from './shapes.ts'

const count = z.number().int()

export const problemShape = z.object({
  code: z.enum([
    'channel_failing',
    'channel_silent',
    'applying_behind',
    'deliveries_parked',
    'messages_unconfirmed',
    'messages_failed',
    'disk_low',
    'disk_filling',
    'backup_none',
    'backup_old',
    'backup_failed',
    'backup_off',
    'clock_off',
    'erasure_failed',
    'recordings_missing',
    'list_unread',
  ]),
  severity: z.enum(['warning', 'error']),
  subject: z.object({ id: z.uuid(), name: z.string() }).nullable().describe('a channel'),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})

const channel = z.object({
  id: z.uuid(),
  name: z.string(),
  connector: z.string(),
  state: z.string(),
  isPaused: z.boolean(),
  error: z.object({ en: z.string(), ru: z.string() }).nullable(),
  lastDeliveryAt: time.nullable(),
  waiting: count.describe('deliveries that are not applied yet'),
  waitingSeconds: count.describe('for how long the oldest of them has waited'),
  parked: count,
  recordingsMissing: count.describe('of the last month'),
  list: z.object({ readAt: time.nullable(), error: z.string().nullable() }).nullable().describe("the vendor's list of calls and recordings"),
  silence: z.object({ since: time, usualPerDay: count }).nullable().describe('it used to be heard at this time of the week, and is not'),
})

export const healthShape = z.object({
  at: time,
  problems: z.array(problemShape).describe('what needs a hand, worst first'),
  channels: z.array(channel),
  queues: z.object({
    received: count,
    oldestSeconds: count,
    held: count,
    parked: count,
    queued: count,
    sending: count,
    unconfirmed: count,
    failedToday: count,
    files: count.describe('attachments still to be fetched from vendors'),
  }),
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number(), databaseBytes: z.number(), bytesPerDay: z.number().nullable() }),
  backup: z.object({
    lastAt: time.nullable(),
    bytes: z.number(),
    checkedAt: time.nullable(),
    isEncrypted: z.boolean(),
    everyHours: count,
    failure: z.string().nullable(),
    failureCode: z.string().nullable(),
  }),
  system: z.object({
    version: z.string(),
    node: z.string(),
    database: z.string(),
    isEmbedded: z.boolean(),
    clockMs: z.number(),
    startedAt: time,
    erasuresOpen: count,
  }),
})

export const healthContract = {
  get: oc.route({ method: 'GET', path: '/health', summary: 'How the hub is, and what needs a hand' }).output(healthShape),
  backUp: oc
    .route({ method: 'POST', path: '/health/backup', successStatus: 202, summary: 'Has a backup made now' })
    .output(z.object({ isAsked: z.literal(true) })),
}
