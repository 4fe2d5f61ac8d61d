import type { Actor } from '../access/actor.ts'
import type { Evidence } from '../connector/identity.ts'
import { newId } from '../database/id.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import type { IdentityRole } from './contact.ts'
import { visibleCard } from './visible-contacts.ts'

/** Makes the identity when it is new; its row is locked until the transaction ends, so that nobody else gives it an owner meanwhile. */
export async function lockIdentity(tx: Transaction, identity: { kind: string; value: string }): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into identities (id, kind, value) values ($1, $2, $3) on conflict (kind, value) do update set kind = excluded.kind returning id`,
    [newId(), identity.kind, identity.value],
  )
  return rows[0]?.id ?? ''
}

/** The contact to which new traffic of the identity goes. */
export async function readOwner(db: Queryable, identityId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ contactId: string }>(
    'select contact_id as "contactId" from contact_identities where identity_id = $1 and owning',
    [identityId],
  )
  return rows[0]?.contactId
}

/** A link that a person made; one that is there already becomes current again and keeps the better proof. */
export async function insertLink(
  tx: Transaction,
  link: { contactId: string; identityId: string; role: IdentityRole; raw: string; owning: boolean },
): Promise<void> {
  await tx.query(
    `insert into contact_identities (contact_id, identity_id, evidence, role, raw, owning) values ($1, $2, 'manual', $3, $4, $5)
     on conflict (contact_id, identity_id) do update set until = null, role = excluded.role, owning = contact_identities.owning or excluded.owning,
       evidence = case when contact_identities.evidence = 'claimed' then 'manual' else contact_identities.evidence end`,
    [link.contactId, link.identityId, link.role, link.raw, link.owning],
  )
}

/** Changes the links of a card to an identity; gives how many there were. */
export async function updateLinks(
  tx: Transaction,
  cardId: string,
  identityId: string,
  change: { role?: IdentityRole | undefined; evidence?: Evidence | undefined },
): Promise<number> {
  const { rowCount } = await tx.query(
    `update contact_identities set role = coalesce($3, role), evidence = coalesce($4, evidence)
     where identity_id = $2 and until is null and contact_id in (select id from contacts where card_id = $1)`,
    [cardId, identityId, change.role ?? null, change.evidence ?? null],
  )
  return rowCount ?? 0
}

/** Ends the links of a card to an identity: it stays in the history and owns nothing more. Gives how many there were. */
export async function endLinks(tx: Transaction, cardId: string, identityId: string): Promise<number> {
  const { rowCount } = await tx.query(
    `update contact_identities set until = now(), owning = false
     where identity_id = $2 and until is null and contact_id in (select id from contacts where card_id = $1)`,
    [cardId, identityId],
  )
  return rowCount ?? 0
}

/** Hands the traffic of an identity to another contact. */
export async function giveIdentity(tx: Transaction, identityId: string, contactId: string): Promise<void> {
  await tx.query('select id from identities where id = $1 for update', [identityId])
  await tx.query('update contact_identities set owning = false where identity_id = $1 and owning', [identityId])
  await tx.query(
    `insert into contact_identities (contact_id, identity_id, evidence, raw, owning) select $2, id, 'manual', value, true from identities where id = $1
     on conflict (contact_id, identity_id) do update set owning = true, until = null`,
    [identityId, contactId],
  )
}

/** Cards that hold the identity, its owner first. */
export async function selectHolders(
  db: Queryable,
  actor: Actor,
  identity: { kind: string; value: string },
): Promise<{ cardId: string; isVisible: boolean }[]> {
  const { rows } = await db.query<{ cardId: string; isVisible: boolean }>(
    `select r.id as "cardId", ${visibleCard(actor, 'r.id')} as "isVisible" from (
       select c.card_id as id, bool_or(ci.owning) as owning from identities i join contact_identities ci on ci.identity_id = i.id and ci.until is null
         join contacts c on c.id = ci.contact_id
       where i.kind = $1 and i.value = $2 group by c.card_id) r
     order by r.owning desc, r.id limit 20`,
    [identity.kind, identity.value],
  )
  return rows
}
