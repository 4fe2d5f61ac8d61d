import type { Queryable, Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { WebhookReason, WebhookState, WebhookType, WebhookView } from './webhook.ts'

export interface StoredWebhook {
  id: string
  name: string
  url: string
  types: WebhookType[]
  /** Sealed, both. */
  secret: string
  oldSecret: string | null
  oldSecretUntil: Date | null
  allowPrivate: boolean
  state: WebhookState
  reason: WebhookReason | null
  cursor: string
  failingSince: Date | null
  lastDeliveredAt: Date | null
  createdAt: Date
}

const columns = `w.id, w.name, w.url, w.types, w.secret, w.old_secret as "oldSecret", w.old_secret_until as "oldSecretUntil", w.allow_private as "allowPrivate",
  w.state, w.reason, w.cursor, w.failing_since as "failingSince", w.last_delivered_at as "lastDeliveredAt", w.created_at as "createdAt"`
const mostWebhooks = 100

/** Every webhook in the order they were made, at most 100; with `id` that one alone. */
export async function selectWebhookViews(db: Queryable, id?: string): Promise<WebhookView[]> {
  const { rows } = await db.query<StoredWebhook & { due: number; failed: number }>(
    `select ${columns}, (select count(*) from webhook_messages m where m.webhook_id = w.id and m.status = 'due')::int as due,
       (select count(*) from webhook_messages m where m.webhook_id = w.id and m.status = 'failed')::int as failed
     from webhooks w where $1::uuid is null or w.id = $1 order by w.id limit ${mostWebhooks}`,
    [id ?? null],
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    url: row.url,
    types: row.types,
    allowPrivate: row.allowPrivate,
    state: row.state,
    reason: row.reason,
    failingSince: row.failingSince?.toISOString() ?? null,
    lastDeliveredAt: row.lastDeliveredAt?.toISOString() ?? null,
    oldSecretUntil: row.oldSecretUntil && row.oldSecretUntil > new Date() ? row.oldSecretUntil.toISOString() : null,
    due: row.due,
    failed: row.failed,
    createdAt: row.createdAt.toISOString(),
  }))
}

/** Throws `not_found`. */
export async function selectWebhookView(db: Queryable, id: string): Promise<WebhookView> {
  const [found] = await selectWebhookViews(db, id)
  if (!found) throw new CoreError('not_found', 'There is no such webhook.')
  return found
}

/** Locked until the transaction ends. Throws `not_found`. */
export async function lockWebhook(tx: Transaction, id: string): Promise<StoredWebhook> {
  const { rows } = await tx.query<StoredWebhook>(`select ${columns} from webhooks w where w.id = $1 for update`, [id])
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such webhook.')
  return found
}

export async function selectWebhook(db: Queryable, id: string): Promise<StoredWebhook | undefined> {
  const { rows } = await db.query<StoredWebhook>(`select ${columns} from webhooks w where w.id = $1`, [id])
  return rows[0]
}

export async function insertWebhook(
  tx: Transaction,
  webhook: Pick<StoredWebhook, 'id' | 'name' | 'url' | 'types' | 'secret' | 'allowPrivate' | 'state' | 'cursor'> & { createdBy: string | null },
): Promise<void> {
  await tx.query(
    'insert into webhooks (id, name, url, types, secret, allow_private, state, cursor, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [webhook.id, webhook.name, webhook.url, webhook.types, webhook.secret, webhook.allowPrivate, webhook.state, webhook.cursor, webhook.createdBy],
  )
}

export async function updateWebhook(tx: Transaction, webhook: StoredWebhook): Promise<void> {
  await tx.query(
    `update webhooks set name = $2, url = $3, types = $4, secret = $5, old_secret = $6, old_secret_until = $7, allow_private = $8, state = $9, reason = $10,
       cursor = $11, failing_since = $12, updated_at = now() where id = $1`,
    [
      webhook.id,
      webhook.name,
      webhook.url,
      webhook.types,
      webhook.secret,
      webhook.oldSecret,
      webhook.oldSecretUntil,
      webhook.allowPrivate,
      webhook.state,
      webhook.reason,
      webhook.cursor,
      webhook.failingSince,
    ],
  )
}

export async function removeWebhook(tx: Transaction, id: string): Promise<void> {
  await tx.query('delete from webhooks where id = $1', [id])
}

/** Active ones, with how far each has been fed. */
export async function selectActiveWebhooks(db: Queryable): Promise<{ id: string; cursor: string; types: WebhookType[] }[]> {
  const { rows } = await db.query<{ id: string; cursor: string; types: WebhookType[] }>({
    name: 'active webhooks',
    text: `select id, cursor, types from webhooks where state = 'active' order by id`,
  })
  return rows
}

/** Moves on from where it was read: false when another process did so first, or it is active no more. */
export async function moveCursor(tx: Transaction, id: string, from: string, to: string): Promise<boolean> {
  const { rowCount } = await tx.query(`update webhooks set cursor = $3 where id = $1 and cursor = $2 and state = 'active'`, [id, from, to])
  return rowCount === 1
}
