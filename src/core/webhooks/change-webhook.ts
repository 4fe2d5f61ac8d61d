import { isIP } from 'node:net'
import { type Actor, actorId } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { isPrivateAddress } from '../channels/private-address.ts'
import type { Vault } from '../channels/vault.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { currentCursor } from '../realtime/read-live-events.ts'
import { giveUpDue } from './message-store.ts'
import { tellWebhookChanged } from './tell-webhook.ts'
import { newWebhookSecret, type WebhookType, type WebhookView } from './webhook.ts'
import { insertWebhook, lockWebhook, removeWebhook, type StoredWebhook, selectWebhookView, updateWebhook } from './webhook-store.ts'

interface Deps {
  pool: Pool
  vault: Vault
}

export interface WebhookFields {
  name: string
  url: string
  types: WebhookType[]
  allowPrivate: boolean
}
export type WebhookChange = { [Field in keyof WebhookFields]?: WebhookFields[Field] | undefined }

const overlapMs = 24 * 60 * 60 * 1000

/**
 * The secret is shown this once. What tells of clients begins when an administrator says so: an integrator does not see them himself. Throws
 * `invalid_request` for an address that cannot be one, `forbidden` for a private one by anybody but an administrator.
 */
export async function createWebhook(deps: Deps, fields: WebhookFields, caller: Caller): Promise<{ webhook: WebhookView; secret: string }> {
  checkAddress(fields, caller.actor)
  const id = newId()
  const secret = newWebhookSecret()
  const cursor = await currentCursor(deps.pool)
  const webhook = await inTransaction(deps.pool, async (tx) => {
    const state = mayOpen(caller.actor, fields.types) ? 'active' : 'unapproved'
    await insertWebhook(tx, { id, ...fields, secret: deps.vault.seal(secret), state, cursor, createdBy: actorId(caller.actor) })
    await recordAudit(tx, caller, { action: 'webhook.created', subject: id, detail: { ...fields, state } })
    return await selectWebhookView(tx, id)
  })
  return { webhook, secret }
}

/** Absent fields stay. Another address or more types need an administrator's word again. Throws as `createWebhook`, and `not_found`. */
export async function changeWebhook(deps: Deps, id: string, change: WebhookChange, caller: Caller): Promise<WebhookView> {
  return await changed(deps.pool, id, caller, 'webhook.changed', (before) => {
    const fields = {
      name: change.name ?? before.name,
      url: change.url ?? before.url,
      types: change.types ?? before.types,
      allowPrivate: change.allowPrivate ?? before.allowPrivate,
    }
    if (fields.url !== before.url || fields.allowPrivate !== before.allowPrivate) checkAddress(fields, caller.actor)
    const isWider = fields.url !== before.url || fields.types.some((type) => !before.types.includes(type))
    const state = isWider && !mayOpen(caller.actor, fields.types) ? ('unapproved' as const) : before.state
    return { ...before, ...fields, state }
  })
}

export async function pauseWebhook(deps: Deps, id: string, caller: Caller): Promise<WebhookView> {
  return await changed(deps.pool, id, caller, 'webhook.paused', (before) => ({
    ...before,
    state: before.state === 'unapproved' ? 'unapproved' : 'paused',
  }))
}

/**
 * Goes on where it stopped (the live stream is kept for seven days), or from now with `skipMissed`. Throws `not_found`; `forbidden` when an
 * administrator has not approved it.
 */
export async function resumeWebhook(deps: Deps, id: string, options: { skipMissed: boolean }, caller: Caller): Promise<WebhookView> {
  const now = await currentCursor(deps.pool)
  return await changed(deps.pool, id, caller, 'webhook.resumed', async (before, tx) => {
    if (before.state === 'unapproved' && !mayOpen(caller.actor, before.types)) throw new CoreError('forbidden', 'An administrator must approve it.')
    if (options.skipMissed) await giveUpDue(tx, id)
    return { ...before, state: 'active', reason: null, failingSince: null, cursor: options.skipMissed ? now : before.cursor }
  })
}

/** Messages are signed with both secrets for a day. The new one is shown this once. Throws `not_found`. */
export async function rotateWebhookSecret(deps: Deps, id: string, caller: Caller): Promise<{ webhook: WebhookView; secret: string }> {
  const secret = newWebhookSecret()
  const webhook = await changed(deps.pool, id, caller, 'webhook.secret_rotated', (before) => ({
    ...before,
    secret: deps.vault.seal(secret),
    oldSecret: before.secret,
    oldSecretUntil: new Date(Date.now() + overlapMs),
  }))
  return { webhook, secret }
}

/** With its log. Throws `not_found`. */
export async function deleteWebhook({ pool }: Deps, id: string, caller: Caller): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { name, url } = await lockWebhook(tx, id)
    await removeWebhook(tx, id)
    await recordAudit(tx, caller, { action: 'webhook.deleted', subject: id, detail: { name, url } })
  })
}

async function changed(
  pool: Pool,
  id: string,
  caller: Caller,
  action: string,
  change: (before: StoredWebhook, tx: Transaction) => StoredWebhook | Promise<StoredWebhook>,
): Promise<WebhookView> {
  return await inTransaction(pool, async (tx) => {
    const after = await change(await lockWebhook(tx, id), tx)
    await updateWebhook(tx, after)
    await tellWebhookChanged(tx, after)
    const { name, url, types, allowPrivate, state } = after
    await recordAudit(tx, caller, { action, subject: id, detail: { name, url, types, allowPrivate, state } })
    return await selectWebhookView(tx, id)
  })
}

/** Who may let data of these types out. */
function mayOpen(actor: Actor, types: WebhookType[]): boolean {
  return actor.role === 'admin' || types.every((type) => type === 'channel.changed')
}

/** Names are looked up when something is sent; what is plainly private is refused at once. */
function checkAddress({ url, allowPrivate }: { url: string; allowPrivate: boolean }, actor: Actor): void {
  const target = URL.parse(url)
  if (!target || !/^https?:$/.test(target.protocol) || target.username !== '' || target.password !== '')
    throw new CoreError('invalid_request', 'The address begins with https:// or http:// and has no password in it.')
  if (allowPrivate && actor.role !== 'admin') throw new CoreError('forbidden', 'Only an administrator lets webhooks into a private network.')
  const host = target.hostname.replace(/^\[|\]$/g, '')
  const isPrivate = (isIP(host) && isPrivateAddress(host)) || host === 'localhost' || host.endsWith('.localhost')
  if (isPrivate && !allowPrivate) throw new CoreError('invalid_request', 'This address is in a private network: an administrator must allow it.')
}
