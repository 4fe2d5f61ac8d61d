/** The first file of an archive: what must be known before anything is read. */
export interface BackupHeader {
  format: 1
  createdAt: string
  /** `server_version` of the database it was taken from. */
  server: string
  /** In the order they were applied. */
  migrations: { name: string; checksum: string }[]
  /** Tells the right secret key from a wrong one without containing it; null: the hub was never started. */
  keyCheck: string | null
  /** Whether the secret key lies in the archive. */
  withKey: boolean
  tables: { name: string; columns: string[] }[]
}

/** Its last file: an archive without it was cut off. Sums are sha256, hex. */
export interface BackupManifest {
  tables: TableSum[]
  /** The sum runs over lines `<name> <bytes> <sha256>`, in the order of the archive. */
  files: { count: number; bytes: number; sha256: string }
  sequences: { name: string; value: string }[]
}

export interface TableSum {
  name: string
  rows: number
  bytes: number
  sha256: string
}

export type BackupFailureCode = 'damaged' | 'passphrase' | 'key' | 'newer' | 'not_empty' | 'in_use' | 'disk_full' | 'not_found' | 'unequal'

/** A backup or restore that cannot be done, in words for the person who asked for it. */
export class BackupFailure extends Error {
  readonly code: BackupFailureCode

  constructor(code: BackupFailureCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BackupFailure'
    this.code = code
  }
}

export const headerName = 'header.json'
export const manifestName = 'manifest.json'
export const keyName = 'secret.key'

/**
 * What belongs to the running hub and not to the firm: live events carry the numbers of this server's transactions, sessions would sign
 * people in again who were signed out since, and socket.io passes what is too long for a notification through a table of its own.
 */
export const passingTables: readonly string[] = [
  'live_events',
  'sessions',
  'verifications',
  'apply_attempts',
  'socket_io_attachments',
  '_prisma_migrations',
]

/** Where rows name files that checking a backup asks for. Recordings may go by their time, files of imports and exports within a day, while a backup is made. */
export const fileColumns: readonly { table: string; column: string }[] = [
  { table: 'attachments', column: 'file' },
  { table: 'contact_pictures', column: 'file' },
  { table: 'deliveries', column: 'body_file' },
]
