import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Connector } from '../connector/connector.ts'
import type { Channel, ChannelHealth } from '../connector/hub.ts'
import { secretFields } from '../connector/settings.ts'
import type { Vault } from './vault.ts'

/** `waiting`: nothing came yet. `paused` is shown whatever the connection itself says. */
export type ChannelStateName = ChannelHealth['state'] | 'paused' | 'waiting'

export interface StateDetail {
  en: string
  ru: string
}

/** A channel as the database keeps it: secrets sealed. */
export interface ChannelRow {
  id: string
  key: string
  connector: string
  media: string[]
  name: string
  settings: Record<string, unknown>
  state: ChannelStateName
  stateDetail: StateDetail | null
  pausedAt: Date | null
  teamId: string | null
  lastDeliveryAt: Date | null
  createdAt: Date
}

/** A channel ready for work: settings validated, secrets open. Never goes out of the process. */
export interface LoadedChannel extends Omit<ChannelRow, 'connector' | 'settings'> {
  connector: Connector
  settings: unknown
  /** Why the stored settings do not fit the connector; they are then as stored, so that verifying and storing still work where they can. */
  settingsFault: string | undefined
}

/** What the outside sees. Times are ISO 8601 UTC. */
export interface ChannelView {
  id: string
  key: string
  connector: string
  media: string[]
  name: string
  state: ChannelStateName
  stateDetail: StateDetail | null
  /** null: its connector takes no webhooks. */
  hookUrl: string | null
  settings: Record<string, unknown>
  pausedAt: string | null
  teamId: string | null
  lastDeliveryAt: string | null
  createdAt: string
}

/** Stands for a secret that is set. Sent back in an update, it keeps what is stored. */
export const maskedSecret = '••••••••'

const keyLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** 24 letters of base62: 142 random bits. */
export function newChannelKey(): string {
  return Array.from({ length: 24 }, () => keyLetters[randomInt(keyLetters.length)]).join('')
}

/** Full address of a channel's hook, without a slash at the end. */
export function hookUrl(publicUrl: string, channel: { connector: string; key: string }): string {
  return `${publicUrl.replace(/\/+$/, '')}/hooks/${channel.connector}/${channel.key}`
}

/** Seals the secret fields and drops fields that the schema does not know. */
export function sealSettings(connector: Connector, settings: Record<string, unknown>, vault: Vault): Record<string, unknown> {
  const secrets = new Set(secretFields(connector.settings))
  const known = knownFields(connector)
  const kept = Object.entries(settings).filter(([name]) => !known || known.has(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, secrets.has(name) && typeof value === 'string' ? vault.seal(value) : value]))
}

/** The reverse of `sealSettings`. Throws `VaultError`. */
export function openSettings(connector: Connector, sealed: Record<string, unknown>, vault: Vault): Record<string, unknown> {
  const secrets = new Set(secretFields(connector.settings))
  return Object.fromEntries(
    Object.entries(sealed).map(([name, value]) => [name, secrets.has(name) && typeof value === 'string' ? vault.open(value) : value]),
  )
}

/** Never throws: settings that no longer fit, or no longer open, come with `settingsFault`. */
export function loadChannel(row: ChannelRow, connector: Connector, vault: Vault): LoadedChannel {
  try {
    const opened = openSettings(connector, row.settings, vault)
    const parsed = connector.settings.safeParse(opened)
    if (parsed.success) return { ...row, connector, settings: parsed.data, settingsFault: undefined }
    return { ...row, connector, settings: opened, settingsFault: z.prettifyError(parsed.error) }
  } catch (error) {
    return { ...row, connector, settings: {}, settingsFault: error instanceof Error ? error.message : String(error) }
  }
}

/** The outside shape; secrets that are set are masked. Without its connector nothing of the settings is shown. */
export function presentChannel(row: ChannelRow, deps: { connectors: readonly Connector[]; publicUrl: string }): ChannelView {
  const connector = deps.connectors.find((one) => one.manifest.id === row.connector)
  const secrets = new Set(connector ? secretFields(connector.settings) : [])
  const shown = connector ? Object.entries(row.settings) : []
  return {
    id: row.id,
    key: row.key,
    connector: row.connector,
    media: row.media,
    name: row.name,
    state: shownState(row),
    stateDetail: row.stateDetail,
    hookUrl: connector?.manifest.transport.includes('webhook') ? hookUrl(deps.publicUrl, row) : null,
    settings: Object.fromEntries(shown.map(([name, value]) => [name, secrets.has(name) && value !== null && value !== '' ? maskedSecret : value])),
    pausedAt: row.pausedAt?.toISOString() ?? null,
    teamId: row.teamId,
    lastDeliveryAt: row.lastDeliveryAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }
}

/** A channel that has heard something no longer waits; a pause hides what the connection says. */
function shownState(row: ChannelRow): ChannelStateName {
  if (row.pausedAt) return 'paused'
  return row.state === 'waiting' && row.lastDeliveryAt ? 'ok' : row.state
}

/** What a connector gets to see of its channel. */
export function forConnector(channel: LoadedChannel, publicUrl: string): Channel<unknown> {
  const address = { connector: channel.connector.manifest.id, key: channel.key }
  return { id: channel.id, key: channel.key, settings: channel.settings, hookUrl: hookUrl(publicUrl, address) }
}

/** For those who may see the channel but not use its key (everybody but admins and integrators): no key, no hook address, no settings. */
export function withoutKey(view: ChannelView): ChannelView {
  return { ...view, key: `…${view.key.slice(-4)}`, hookUrl: null, settings: {} }
}

function knownFields(connector: Connector): Set<string> | undefined {
  const json = z.toJSONSchema(connector.settings, { io: 'input', unrepresentable: 'any' })
  return json.properties ? new Set(Object.keys(json.properties)) : undefined
}
