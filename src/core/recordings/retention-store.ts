import { saveSetting } from '../access/firm-store.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import type { OutdatedRecording, RetentionPreview, RetentionRule } from './retention.ts'

const mostShown = 50

export async function readRetention(db: Queryable): Promise<RetentionRule[]> {
  const { rows } = await db.query<{ value: RetentionRule[] }>(`select value from settings where name = 'recording_retention'`)
  return rows[0]?.value ?? []
}

export async function writeRetention(db: Queryable, rules: RetentionRule[]): Promise<void> {
  await saveSetting(db, 'recording_retention', rules)
}

/** Recordings (`r`) of calls (`k`) whose time is over at $2 by the rules $1; of several rules that fit, the first holds. `held.place` counts from 1. */
const outdated = `recordings r join calls k on k.id = r.call_id cross join lateral (
    select (rule ->> 'days')::int as days, place from jsonb_array_elements($1::jsonb) with ordinality as given(rule, place)
    where (rule ->> 'channelId' is null or (rule ->> 'channelId')::uuid = r.channel_id) and (rule ->> 'direction' is null or rule ->> 'direction' = k.direction)
      and (rule ->> 'outcome' is null or rule ->> 'outcome' = k.outcome) order by place limit 1) held
  where r.state in ('ready', 'expected') and k.state = 'ended' and k.started_at < $2::timestamptz - make_interval(days => held.days)`

/** Counts what the rules would erase at a moment, and names the oldest. */
export async function selectOutdated(db: Queryable, rules: RetentionRule[], now: Date): Promise<RetentionPreview> {
  const values = [JSON.stringify(rules), now]
  const counts = await db.query<{ place: number; recordings: number; bytes: string }>(
    `select held.place::int as place, count(*)::int as recordings, coalesce(sum(r.size), 0) as bytes from ${outdated} group by 1`,
    values,
  )
  const oldest = await db.query<Omit<OutdatedRecording, 'startedAt'> & { startedAt: Date }>(
    `select r.id, k.id as "callId", k.started_at as "startedAt", k.direction, k.outcome, k.from_value as "from", k.to_value as "to", r.size as bytes
     from ${outdated} order by k.started_at, r.id limit ${mostShown}`,
    values,
  )
  const byRule = rules.map((_, index) => {
    const found = counts.rows.find(({ place }) => place === index + 1)
    return { recordings: found?.recordings ?? 0, bytes: Number(found?.bytes ?? 0) }
  })
  return {
    recordings: byRule.reduce((sum, rule) => sum + rule.recordings, 0),
    bytes: byRule.reduce((sum, rule) => sum + rule.bytes, 0),
    byRule,
    items: oldest.rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() })),
  }
}

/** Some of what the rules erase at a moment, locked. */
export async function lockOutdated(
  tx: Transaction,
  rules: RetentionRule[],
  now: Date,
  limit: number,
): Promise<{ id: string; bytes: number | null }[]> {
  const { rows } = await tx.query<{ id: string; bytes: number | null }>(
    `select r.id, r.size as bytes from ${outdated} order by r.id limit $3 for update of r skip locked`,
    [JSON.stringify(rules), now, limit],
  )
  return rows
}
