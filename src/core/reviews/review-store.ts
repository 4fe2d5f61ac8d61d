import type { Actor } from '../access/actor.ts'
import { newId } from '../database/id.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import { type Mark, type ReviewKind, type ReviewView, totalOf } from './review.ts'

interface ReviewRow extends Omit<ReviewView, 'createdAt' | 'updatedAt'> {
  createdAt: Date
  updatedAt: Date
}

const columns = `r.id, r.kind, r.subject_id as "subjectId", r.user_id as "userId", r.reviewer_id as "reviewerId", r.marks, r.ones, r.marked,
  r.created_at as "createdAt", r.updated_at as "updatedAt"`

/** Whose work each kind of thing is, and that it is there at all. */
const workerOf: Record<ReviewKind, string> = {
  call: 'select user_id as "userId" from calls where id = $1',
  conversation: 'select assignee_id as "userId" from conversations where id = $1',
  card: 'select owner_id as "userId" from contacts where id = $1',
}

export interface ReviewFilter {
  userId?: string | undefined
  kind?: ReviewKind | undefined
  subjectIds?: string[] | undefined
  from?: string | undefined
  to?: string | undefined
}

/** The latest first. An operator sees those of his own work alone. */
export async function selectReviews(
  db: Queryable,
  actor: Actor,
  filter: ReviewFilter,
  page: { after: [string, string] | undefined; limit: number },
): Promise<ReviewView[]> {
  const { rows } = await db.query<ReviewRow>(
    `select ${columns} from reviews r where ($1::uuid is null or r.user_id = $1) and ($2::text is null or r.kind = $2) and ($3::uuid[] is null or r.subject_id = any($3))
       and ($4::timestamptz is null or r.created_at >= $4) and ($5::timestamptz is null or r.created_at < $5)
       and ($6::timestamptz is null or (r.created_at, r.id) < ($6, $7::uuid)) and ($8::uuid is null or r.user_id = $8)
     order by r.created_at desc, r.id desc limit $9`,
    [
      filter.userId ?? null,
      filter.kind ?? null,
      filter.subjectIds ?? null,
      filter.from ?? null,
      filter.to ?? null,
      page.after?.[0] ?? null,
      page.after?.[1] ?? null,
      actor.role === 'operator' ? actor.id : null,
      page.limit,
    ],
  )
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() }))
}

/** Undefined: there is no such thing to review; null: it is nobody's work. */
export async function readWorker(db: Queryable, kind: ReviewKind, subjectId: string): Promise<string | null | undefined> {
  const { rows } = await db.query<{ userId: string | null }>(workerOf[kind], [subjectId])
  return rows[0]?.userId
}

export async function writeReview(
  tx: Transaction,
  review: { kind: ReviewKind; subjectId: string; userId: string | null; reviewerId: string; marks: Mark[] },
): Promise<void> {
  const { ones, marked } = totalOf(review.marks)
  await tx.query(
    `insert into reviews (id, kind, subject_id, user_id, reviewer_id, marks, ones, marked) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (kind, subject_id) do update set reviewer_id = excluded.reviewer_id, marks = excluded.marks, ones = excluded.ones, marked = excluded.marked, updated_at = now()`,
    [newId(), review.kind, review.subjectId, review.userId, review.reviewerId, JSON.stringify(review.marks), ones, marked],
  )
}

/**
 * Takes so many calls of each operator and day by chance, those that were taken before included; gives how many are new. Calls without a word are left out.
 * One after the other: two at once would each take as many.
 */
export async function drawCalls(tx: Transaction, span: { day: string; from: string; to: string; perDay: number }): Promise<number> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('review samples'))`)
  const { rowCount } = await tx.query(
    `insert into review_samples (call_id, user_id, day)
     select id, user_id, $1::date from (
       select k.id, k.user_id, row_number() over (partition by k.user_id order by random()) as place,
         (select count(*) from review_samples s where s.user_id = k.user_id and s.day = $1::date) as taken
       from calls k where k.started_at >= $2 and k.started_at < $3 and k.user_id is not null and k.outcome = 'answered' and k.talk_seconds > 0
         and not exists (select from review_samples s where s.call_id = k.id)) chance
     where place <= $4 - taken on conflict do nothing`,
    [span.day, span.from, span.to, span.perDay],
  )
  return rowCount ?? 0
}
