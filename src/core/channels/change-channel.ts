import { type Actor, actorId } from '../access/actor.ts'
import type { Connector } from '../connector/connector.ts'
import { newId } from '../database/id.ts'
import type { Pool, Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { CoreError } from '../errors.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { type ChannelRow, type ChannelView, presentChannel, withoutKey } from './channel.ts'
import type { ChannelDirectory } from './channel-directory.ts'
import { insertAudit, lockChannel, notifyChannelsChanged } from './channel-store.ts'
import type { Vault } from './vault.ts'

/** What every use case of channels needs. */
export interface ChannelDeps {
  pool: Pool
  vault: Vault
  connectors: readonly Connector[]
  directory: ChannelDirectory
  /** Where the outside reaches this hub. */
  publicUrl: string
}

/** Who changes a channel, for the audit. */
export interface ChangedBy {
  actor: Actor
  ip?: string | undefined
}

export interface ChannelChange {
  row: ChannelRow
  /** `channel.created`, `channel.paused` … */
  action: string
  detail?: object
}

/**
 * Runs one change of a channel in a transaction with its audit record, live event and the word to all processes; this process knows the
 * channel anew when it resolves.
 */
export async function changeChannel(deps: ChannelDeps, by: ChangedBy, change: (tx: Transaction) => Promise<ChannelChange>): Promise<ChannelView> {
  const row = await inRetriedTransaction(deps.pool, async (tx) => {
    const changed = await change(tx)
    await insertAudit(tx, {
      id: newId(),
      actorId: actorId(by.actor),
      actor: by.actor.kind,
      action: changed.action,
      subject: changed.row.id,
      detail: { name: changed.row.name, connector: changed.row.connector, ...changed.detail },
      ip: by.ip ?? null,
    })
    await announceChannel(tx, deps, changed.row)
    return changed.row
  })
  await deps.directory.refresh()
  return presentChannel(row, deps)
}

/** Tells consoles (without key, address and settings) and the directories of all processes. */
export async function announceChannel(tx: Transaction, deps: Pick<ChannelDeps, 'connectors' | 'publicUrl'>, row: ChannelRow): Promise<void> {
  await appendLiveEvents(tx, [{ type: 'channel.changed', channelId: row.id, subjectId: row.id, payload: withoutKey(presentChannel(row, deps)) }])
  await notifyChannelsChanged(tx, row.id)
}

/** Throws `not_found`. */
export async function lockedChannel(tx: Transaction, id: string): Promise<ChannelRow> {
  const row = await lockChannel(tx, id)
  if (!row) throw new CoreError('not_found')
  return row
}

/** Throws `unknown_connector`. */
export function connectorOf(deps: Pick<ChannelDeps, 'connectors'>, id: string): Connector {
  const connector = deps.connectors.find((one) => one.manifest.id === id)
  if (!connector) throw new CoreError('unknown_connector', `There is no connector called "${id}".`)
  return connector
}

/** Settings as the connector wants them. Throws `invalid_settings` with `issues: [{ path, code, message }]`; messages name no value. */
export function validSettings(connector: Connector, settings: Record<string, unknown>): unknown {
  const parsed = connector.settings.safeParse(settings)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, code, message }) => ({ path: path.join('.'), code, message }))
  throw new CoreError('invalid_settings', issues.map((issue) => `${issue.path || 'settings'}: ${issue.message}`).join('; '), { issues })
}
