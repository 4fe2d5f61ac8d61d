import type { Queryable, Transaction } from '../database/pool.ts'

export interface OptOutNews {
  kind: string
  value: string
  isOut: boolean
  at: string
  entryId: string
  word: string
}

/** SQL that is true when an identity of this card does not want automatic messages: whoever said no by one medium said no by all. */
export function optedOutCard(cardColumn: string): string {
  return `exists (select from contacts oc join contact_identities oi on oi.contact_id = oc.id and oi.until is null
    join opt_outs o on o.identity_id = oi.identity_id and o.is_out where oc.card_id = ${cardColumn})`
}

/** The last word counts, in whatever order words arrive; of two at one moment it is the "no". */
export async function noteOptOuts(tx: Transaction, news: OptOutNews[]): Promise<void> {
  if (news.length === 0) return
  await tx.query(
    `insert into opt_outs (identity_id, is_out, at, entry_id, word)
     select distinct on (i.id) i.id, given.is_out, given.at, given.entry_id, given.word
     from json_to_recordset($1::json) as given(kind text, value text, is_out bool, at timestamptz, entry_id uuid, word text)
       join identities i on i.kind = given.kind and i.value = given.value
     order by i.id, given.at desc, given.is_out desc
     on conflict (identity_id) do update set is_out = excluded.is_out, at = excluded.at, entry_id = excluded.entry_id, word = excluded.word, user_id = null
       where (excluded.at, excluded.is_out) > (opt_outs.at, opt_outs.is_out)`,
    [JSON.stringify(news.map((one) => ({ ...one, is_out: one.isOut, entry_id: one.entryId })))],
  )
}

/** What a person was told: for all identities of the card, from now on. */
export async function setOptOut(tx: Transaction, cardId: string, isOut: boolean, userId: string | null): Promise<void> {
  await tx.query(
    `insert into opt_outs (identity_id, is_out, at, user_id)
     select distinct ci.identity_id, $2::bool, clock_timestamp(), $3::uuid from contacts c join contact_identities ci on ci.contact_id = c.id and ci.until is null
     where c.card_id = $1
     on conflict (identity_id) do update set is_out = excluded.is_out, at = greatest(excluded.at, opt_outs.at), user_id = excluded.user_id, entry_id = null, word = null`,
    [cardId, isOut, userId],
  )
}

export interface OptOutView {
  kind: string
  value: string
  at: string
  word: string | null
  entryId: string | null
  userId: string | null
}

export interface ConsentView {
  entryId: string
  at: string
  text: string
  version: string | null
  /** Address of the caller, as the form said. */
  address: string | null
  page: string | null
}

export interface ConsentsView {
  isOptedOut: boolean
  optOuts: OptOutView[]
  consents: ConsentView[]
}

const mostShown = 100

/** What a client has agreed to, with the wording and its proof, and where he said no. */
export async function readConsents(db: Queryable, cardId: string): Promise<ConsentsView> {
  const optOuts = await db.query<Omit<OptOutView, 'at'> & { at: Date }>(
    `select distinct on (o.identity_id) i.kind, i.value, o.at, o.word, o.entry_id as "entryId", o.user_id as "userId" from contacts c
     join contact_identities ci on ci.contact_id = c.id and ci.until is null join opt_outs o on o.identity_id = ci.identity_id and o.is_out
     join identities i on i.id = o.identity_id where c.card_id = $1 order by o.identity_id`,
    [cardId],
  )
  const consents = await db.query<{ entryId: string; at: Date; consent: { text?: string; version?: string; address?: string }; page: string | null }>(
    `select e.id as "entryId", e.sort_at as at, e.extra -> 'consent' as consent, e.source ->> 'page' as page from contacts c join entries e on e.contact_id = c.id
     where c.card_id = $1 and e.kind = 'form' and e.extra -> 'consent' is not null order by e.sort_at desc limit ${mostShown}`,
    [cardId],
  )
  return {
    isOptedOut: optOuts.rows.length > 0,
    optOuts: optOuts.rows.map((row) => ({ ...row, at: row.at.toISOString() })),
    consents: consents.rows.map(({ entryId, at, consent, page }) => ({
      entryId,
      at: at.toISOString(),
      text: consent.text ?? '',
      version: consent.version ?? null,
      address: consent.address ?? null,
      page,
    })),
  }
}
