import type { IdentityRole, Stage } from '../contacts/contact.ts'

export const importStatuses = ['reading', 'mapping', 'checking', 'checked', 'running', 'done', 'cancelled', 'undoing', 'undone', 'failed'] as const
export type ImportStatus = (typeof importStatuses)[number]

/** A worker is at it, or will be: what the sweep looks after. */
export const busyStatuses: readonly ImportStatus[] = ['reading', 'checking', 'running', 'undoing']

/** What a column can be. `field`: kept on the card under the column's own name. */
export const columnTargets = [
  'ignore',
  'name',
  'firstName',
  'lastName',
  'middleName',
  'phone',
  'email',
  'company',
  'companyDomain',
  'companyField',
  'owner',
  'language',
  'field',
  'date',
] as const
export type ColumnTarget = (typeof columnTargets)[number]

/** One per column of the file, in its order. `name`: under which a field is kept. */
export interface ColumnMapping {
  target: ColumnTarget
  name: string
}

export interface ImportOptions {
  /** What matched cards get: only what they lack, or whatever the file says. */
  onMatch: 'fill' | 'overwrite'
  /** Doubtful rows: left out, or each a card of its own with a suggestion to merge. */
  doubtful: 'skip' | 'import'
  /** Of new cards. */
  stage: Stage
}

export const defaultOptions: ImportOptions = { onMatch: 'fill', doubtful: 'skip', stage: 'client' }

export const verdicts = ['new', 'matched', 'doubtful', 'broken'] as const
export type Verdict = (typeof verdicts)[number]
export type Outcome = 'created' | 'updated' | 'unchanged' | 'skipped'

/** Why a row is what it is; said in words by the console. */
export interface Reason {
  code: string
  /** Index of the column. */
  column?: number
  value?: string
}

/** In which order the parts of a column's dates stand; `mixed`: in both, so that some cannot be told. */
export type DateOrder = 'dmy' | 'mdy' | 'mixed'

/** A row as the file has it. */
export interface FileRow {
  /** As Excel counts: the first is 1. */
  number: number
  cells: string[]
}

export interface DraftIdentity {
  kind: 'phone' | 'email'
  value: string
  raw: string
  role: IdentityRole
}

/** What a row says of a person and his company, before anybody looks who that is. */
export interface Draft {
  name: string
  identities: DraftIdentity[]
  company: { name: string; domain: string | null; fields: Record<string, string> } | null
  ownerId: string | null
  language: string | null
  fields: Record<string, string>
  /** Any of these: the row is not imported. */
  faults: Reason[]
  /** What could not be read and is kept as it stands. */
  notes: Reason[]
}

export interface ImportView {
  id: string
  name: string
  size: number
  status: ImportStatus
  error: { code: string; line?: number } | null
  format: 'csv' | 'xlsx' | null
  encoding: string | null
  separator: string | null
  headers: string[]
  mapping: ColumnMapping[]
  options: ImportOptions
  total: number
  /** Rows of the present step that are finished. */
  done: number
  counts: { verdicts: Partial<Record<Verdict, number>>; outcomes: Partial<Record<Outcome, number>>; gone: number; restored: number; kept: number }
  /** True when the mapping was remembered from an earlier file with the same headers. */
  remembered: boolean
  actorId: string | null
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
}
