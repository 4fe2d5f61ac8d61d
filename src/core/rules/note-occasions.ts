import { noteOptOuts, type OptOutNews } from '../consents/opt-out-store.ts'
import { newId } from '../database/id.ts'
import { insertRows, type Row } from '../database/insert-rows.ts'
import type { Transaction } from '../database/pool.ts'

/** NOTIFY channel on which rules are woken after the commit. */
export const rulesTopic = 'rules_due'

/** An entry that applying has just written, in the database's own names. */
export interface AppliedEntry extends Row {
  id: string
  kind: string
  direction: string | null
  channel_id: string
  event_key: string
  received_at: string
  sort_at: string
  automatic: string | null
  match: { evidence: string | null; identity: { kind: string; value: string } | null }
  extra: { backfill?: true; optOut?: { isOut: boolean; word: string } } | null
}

/**
 * Stores, with the events themselves, what rules are to look at and who said no: one row per rule and event, for ever, so that no repeat, order
 * or crash makes two. A replay (`isSilent`) is nobody's occasion; what was said in it about messages counts.
 */
export async function noteOccasions(tx: Transaction, entries: AppliedEntry[], options: { isSilent: boolean }): Promise<void> {
  await noteOptOuts(tx, entries.flatMap(optOutIn))
  const asked = entries.filter((entry) => !options.isSilent && entry.direction === 'inbound' && entry.automatic === null && !entry.extra?.backfill)
  if (asked.length === 0) return
  const { rows: rules } = await tx.query<{ id: string; trigger: string; channel_id: string | null; active_since: Date }>({
    name: 'active rules',
    text: 'select id, trigger, channel_id, active_since from rules where paused_at is null and deleted_at is null',
  })
  const firings = asked.flatMap((entry) =>
    rules
      .filter(
        (rule) =>
          rule.trigger === triggerOf(entry) &&
          (rule.channel_id === null || rule.channel_id === entry.channel_id) &&
          rule.active_since.getTime() <= Date.parse(entry.received_at),
      )
      .map((rule) => ({
        id: newId(),
        rule_id: rule.id,
        channel_id: entry.channel_id,
        event_key: entry.event_key,
        entry_id: entry.id,
        status: 'due',
      })),
  )
  if (firings.length === 0) return
  await insertRows(
    tx,
    'rule_firings',
    ['id', 'rule_id', 'channel_id', 'event_key', 'entry_id', 'status'],
    firings,
    'on conflict (rule_id, channel_id, event_key) do nothing',
  )
  await tx.query(`select pg_notify('${rulesTopic}', '')`)
}

function triggerOf(entry: AppliedEntry): string | undefined {
  if (entry.kind === 'form') return 'form'
  return entry.kind === 'message' ? 'closed' : undefined
}

/** Anybody may write "stop" in somebody's name, to no harm; only who is proven may write "start". */
function optOutIn(entry: AppliedEntry): OptOutNews[] {
  const said = entry.extra?.optOut
  const { identity, evidence } = entry.match
  if (!said || !identity || (!said.isOut && evidence !== 'attested' && evidence !== 'verified')) return []
  return [{ ...identity, isOut: said.isOut, at: entry.sort_at, entryId: entry.id, word: said.word }]
}
