import type { Queryable, Transaction } from '../database/pool.ts'

export interface ShareView {
  contactId: string
  userId: string
  userName: string
  sharedBy: string | null
  createdAt: string
}

export async function insertShare(tx: Transaction, share: { contactId: string; userId: string; sharedBy: string | null }): Promise<void> {
  await tx.query('insert into contact_shares (contact_id, user_id, shared_by) values ($1, $2, $3) on conflict do nothing', [
    share.contactId,
    share.userId,
    share.sharedBy,
  ])
}

/** From all merged contacts of the card; gives how many there were. */
export async function deleteShares(tx: Transaction, cardId: string, userId: string): Promise<number> {
  const { rowCount } = await tx.query(
    'delete from contact_shares where user_id = $2 and contact_id in (select id from contacts where card_id = $1)',
    [cardId, userId],
  )
  return rowCount ?? 0
}

export async function selectShares(db: Queryable, cardId: string): Promise<ShareView[]> {
  const { rows } = await db.query<Omit<ShareView, 'createdAt'> & { createdAt: Date }>(
    `select s.contact_id as "contactId", s.user_id as "userId", coalesce(u.name, '') as "userName", s.shared_by as "sharedBy", s.created_at as "createdAt"
     from contact_shares s left join users u on u.id = s.user_id
     where s.contact_id in (select id from contacts where card_id = $1) order by s.created_at, s.user_id`,
    [cardId],
  )
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}
