export type ProblemCode =
  | 'channel_failing'
  | 'channel_silent'
  | 'applying_behind'
  | 'deliveries_parked'
  | 'messages_unconfirmed'
  | 'messages_failed'
  | 'disk_low'
  | 'disk_filling'
  | 'backup_none'
  | 'backup_old'
  | 'backup_failed'
  | 'backup_off'
  | 'clock_off'
  | 'erasure_failed'
  | 'recordings_missing'
  | 'list_unread'

/** Something that needs a hand. The console says in words what it is and what to do; `values` are what the words need. */
export interface Problem {
  code: ProblemCode
  severity: 'warning' | 'error'
  /** What it is about: a channel. */
  subject: { id: string; name: string } | null
  values: Record<string, string | number>
}

export interface ChannelHealth {
  id: string
  name: string
  connector: string
  state: string
  isPaused: boolean
  /** What is wrong, in both languages of the console. */
  error: { en: string; ru: string } | null
  lastDeliveryAt: string | null
  /** Deliveries that wait to be applied, and for how long the oldest has. */
  waiting: number
  waitingSeconds: number
  parked: number
  silence: Silence | null
  /** Recordings of the last month that should be here and are not. */
  recordingsMissing: number
  /** When the vendor's list of calls and recordings was read last, and why not since; null: it has none, or was not asked yet. */
  list: { readAt: string | null; error: string | null } | null
}

/** A source that used to be heard at this time of the week and is not. */
export interface Silence {
  since: string
  usualPerDay: number
}

export interface QueueHealth {
  received: number
  oldestSeconds: number
  held: number
  parked: number
  queued: number
  sending: number
  unconfirmed: number
  failedToday: number
  files: number
}

export interface DiskHealth {
  freeBytes: number
  totalBytes: number
  databaseBytes: number
  /** Of the database, over the days that are known; null before the second day. */
  bytesPerDay: number | null
}

export interface Health {
  at: string
  problems: Problem[]
  channels: ChannelHealth[]
  queues: QueueHealth
  disk: DiskHealth
  backup: {
    lastAt: string | null
    bytes: number
    checkedAt: string | null
    isEncrypted: boolean
    everyHours: number
    failure: string | null
    failureCode: string | null
  }
  system: {
    version: string
    node: string
    database: string
    isEmbedded: boolean
    /** The database's clock ahead of this process's. */
    clockMs: number
    startedAt: string
    erasuresOpen: number
  }
}

const hour = 3_600_000
const gigabyte = 1_000_000_000

interface Facts extends Omit<Health, 'problems' | 'at'> {
  erasuresFailed: number
}

/** What of all this needs a hand. Pure: `now` is the moment of looking. */
export function findProblems(facts: Facts, now: Date, bornAt: Date): Problem[] {
  const problems: Problem[] = [...facts.channels.flatMap(channelProblems), ...queueProblems(facts.queues), ...diskProblems(facts.disk)]
  problems.push(...backupProblems(facts.backup, now, bornAt))
  if (Math.abs(facts.system.clockMs) > 5_000) problems.push(problem('clock_off', 'warning', { seconds: Math.round(facts.system.clockMs / 1000) }))
  if (facts.erasuresFailed > 0) problems.push(problem('erasure_failed', 'error', { count: facts.erasuresFailed }))
  return problems.sort((a, b) => a.severity.localeCompare(b.severity))
}

function problem(code: ProblemCode, severity: Problem['severity'], values: Problem['values'], subject: Problem['subject'] = null): Problem {
  return { code, severity, subject, values }
}

function channelProblems({ id, name, isPaused, error, state, silence, recordingsMissing, list }: ChannelHealth): Problem[] {
  if (isPaused) return []
  const subject = { id, name }
  if (state === 'attention') return [problem('channel_failing', 'error', { en: error?.en ?? '', ru: error?.ru ?? '' }, subject)]
  const found: Problem[] = []
  if (silence) found.push(problem('channel_silent', 'warning', { since: silence.since, usual: silence.usualPerDay }, subject))
  if (recordingsMissing > 0) found.push(problem('recordings_missing', 'warning', { count: recordingsMissing }, subject))
  if (list?.error != null) found.push(problem('list_unread', 'warning', { message: list.error }, subject))
  return found
}

function queueProblems(queues: QueueHealth): Problem[] {
  const found: Problem[] = []
  if (queues.oldestSeconds > 60) found.push(problem('applying_behind', 'error', { count: queues.received, seconds: queues.oldestSeconds }))
  if (queues.parked > 0) found.push(problem('deliveries_parked', 'warning', { count: queues.parked }))
  if (queues.unconfirmed > 0) found.push(problem('messages_unconfirmed', 'warning', { count: queues.unconfirmed }))
  if (queues.failedToday > 0) found.push(problem('messages_failed', 'warning', { count: queues.failedToday }))
  return found
}

function diskProblems({ freeBytes, bytesPerDay }: DiskHealth): Problem[] {
  if (freeBytes < gigabyte) return [problem('disk_low', 'error', { bytes: freeBytes })]
  if (bytesPerDay === null || bytesPerDay <= 0) return []
  const days = Math.floor(freeBytes / bytesPerDay)
  return days < 30 ? [problem('disk_filling', 'warning', { days })] : []
}

function backupProblems(backup: Health['backup'], now: Date, bornAt: Date): Problem[] {
  if (backup.failure !== null) return [problem('backup_failed', 'error', { message: backup.failure, reason: backup.failureCode ?? '' })]
  if (backup.everyHours === 0) return backup.lastAt === null ? [problem('backup_off', 'warning', {})] : []
  const since = backup.lastAt === null ? bornAt : new Date(backup.lastAt)
  const age = now.getTime() - since.getTime()
  if (age < (backup.everyHours + 26) * hour) return []
  const hours = Math.floor(age / hour)
  return [backup.lastAt === null ? problem('backup_none', 'error', { hours }) : problem('backup_old', 'error', { hours })]
}
