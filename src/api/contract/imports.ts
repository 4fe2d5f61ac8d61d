import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, nothing, pageOf, pageQuery } from './page.ts'
import { time } from './shapes.ts'

export const columnTarget = z.enum([
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
])
const mapping = z.array(z.object({ target: columnTarget, name: z.string().trim().min(1).max(200) })).max(200)
const options = z.object({
  onMatch: z.enum(['fill', 'overwrite']).describe('matched cards get only what they lack, or whatever the file says'),
  doubtful: z.enum(['skip', 'import']).describe('doubtful rows are left out, or each makes a card of its own with a suggestion to merge'),
  stage: z.enum(['lead', 'client']).describe('of new cards'),
})
const verdict = z.enum(['new', 'matched', 'doubtful', 'broken'])
const outcome = z.enum(['created', 'updated', 'unchanged', 'skipped'])
const reason = z.object({ code: z.string(), column: z.number().int().exactOptional(), value: z.string().exactOptional() })
const count = z.number().int().exactOptional()

export const importShape = z.object({
  id: z.uuid(),
  name: z.string(),
  size: z.number().int(),
  status: z.enum(['reading', 'mapping', 'checking', 'checked', 'running', 'done', 'cancelled', 'undoing', 'undone', 'failed']),
  error: z.object({ code: z.string(), line: z.number().int().exactOptional() }).nullable(),
  format: z.enum(['csv', 'xlsx']).nullable(),
  encoding: z.string().nullable(),
  separator: z.string().nullable(),
  headers: z.array(z.string()),
  mapping,
  options,
  total: z.number().int(),
  done: z.number().int().describe('rows of the present step that are finished'),
  counts: z.object({
    verdicts: z.object({ new: count, matched: count, doubtful: count, broken: count }),
    outcomes: z.object({ created: count, updated: count, unchanged: count, skipped: count }),
    gone: z.number().int(),
    restored: z.number().int(),
    kept: z.number().int().describe('rows that an undoing left, each with its reason'),
  }),
  remembered: z.boolean().describe('the mapping is that of an earlier file with the same headers'),
  actorId: z.uuid().nullable(),
  createdAt: time,
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
})

const row = z.object({
  number: z.number().int().describe('as Excel counts'),
  cells: z.array(z.string()),
  verdict: verdict.nullable(),
  reasons: z.array(reason),
  outcome: outcome.nullable(),
  contactId: z.uuid().nullable(),
  undone: z.string().nullable(),
  read: z.object({
    name: z.string(),
    company: z.object({ name: z.string(), domain: z.string().nullable(), fields: z.record(z.string(), z.string()) }).nullable(),
    identities: z.array(z.object({ kind: z.string(), value: z.string() })),
    fields: z.record(z.string(), z.string()),
    faults: z.array(reason),
    notes: z.array(reason),
  }),
})

/** A file comes in by `POST /imports?name=` (CSV or XLSX as the body, 64 MB at most). */
export const importsContract = {
  list: oc.route({ method: 'GET', path: '/imports', summary: 'Newest first' }).input(z.object(pageQuery)).output(pageOf(importShape)),
  get: oc.route({ method: 'GET', path: '/imports/{id}' }).input(byId).output(importShape),
  update: oc
    .route({ method: 'PATCH', path: '/imports/{id}', summary: 'What the columns are, and what to do with matched and doubtful rows' })
    .input(byId.extend({ mapping: mapping.optional(), options: options.partial().optional() }))
    .output(importShape),
  rows: oc
    .route({ method: 'GET', path: '/imports/{id}/rows', summary: 'Rows of the file, as they are read, with verdict and reasons' })
    .input(byId.extend({ ...pageQuery, verdict: verdict.optional(), outcome: outcome.optional(), kept: z.stringbool().optional() }))
    .output(pageOf(row)),
  check: oc.route({ method: 'POST', path: '/imports/{id}/check', summary: 'Dry run: changes nothing' }).input(byId).output(importShape),
  start: oc
    .route({ method: 'POST', path: '/imports/{id}/start', summary: 'Makes the cards; goes on after a cancel' })
    .input(byId)
    .output(importShape),
  cancel: oc.route({ method: 'POST', path: '/imports/{id}/cancel', summary: 'What is in stays and can be undone' }).input(byId).output(importShape),
  undo: oc
    .route({ method: 'POST', path: '/imports/{id}/undo', summary: 'Cards on which nothing hangs go; the rest say why they stay' })
    .input(byId)
    .output(importShape),
  discard: oc.route({ method: 'DELETE', path: '/imports/{id}', summary: 'Forgets a file that nothing was made of' }).input(byId).output(nothing),
}
