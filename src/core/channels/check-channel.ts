import type { CheckResult } from '../connector/connector.ts'
import { ConnectorError, type ConnectorErrorCode } from '../connector/errors.ts'
import type { Hub, Logger } from '../connector/hub.ts'
import type { Localised } from '../connector/manifest.ts'
import { secretFields } from '../connector/settings.ts'
import { type ChannelDeps, connectorOf, validSettings } from './change-channel.ts'
import { maskedSecret, openSettings } from './channel.ts'
import { readChannel } from './channel-store.ts'
import { hubFetch } from './hub-fetch.ts'
import { createRedactingLogger } from './redacting-logger.ts'

const checkTimeoutMs = 20_000

export type ChannelCheck =
  | { ok: true; detail: string | null; words?: Localised }
  | { ok: false; code: ConnectorErrorCode; message: string; words?: Localised }

export interface ChannelCheckInput {
  connector: string
  settings: Record<string, unknown>
  /** An existing channel whose stored secrets stand in for masked ones. */
  channelId?: string | undefined
}

/** Tries settings that are not saved yet. Throws `unknown_connector`, `invalid_settings`; what the vendor says is an answer, not an error. */
export async function checkChannel(deps: ChannelDeps & { logger: Logger }, input: ChannelCheckInput): Promise<ChannelCheck> {
  const connector = connectorOf(deps, input.connector)
  const stored = input.channelId ? await readChannel(deps.pool, input.channelId) : undefined
  const known = stored?.connector === connector.manifest.id ? openSettings(connector, stored.settings, deps.vault) : {}
  const given = Object.entries(input.settings).map(([name, value]) => [name, value === maskedSecret ? known[name] : value] as const)
  const settings = validSettings(connector, Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== null)))
  const secrets = secretFields(connector.settings).flatMap((name) =>
    given.flatMap(([field, value]) => (field === name && typeof value === 'string' ? [value] : [])),
  )
  return runCheck(() =>
    connector.check(settings, hubForCheck(createRedactingLogger(deps.logger, { connector: connector.manifest.id }, () => secrets))),
  )
}

/** Runs a connector's check within 20 s; whatever it throws becomes an answer. */
export async function runCheck(check: () => Promise<CheckResult>): Promise<ChannelCheck> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<CheckResult>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, error: new ConnectorError('temporary', 'No answer within 20 seconds.') }), checkTimeoutMs)
  })
  try {
    const result = await Promise.race([check(), late])
    return result.ok ? { ok: true, detail: result.detail ?? null, ...(result.words && { words: result.words }) } : failed(result.error)
  } catch (error) {
    if (error instanceof ConnectorError) return failed(error)
    return { ok: false, code: 'temporary', message: 'The check itself failed.' }
  } finally {
    clearTimeout(timer)
  }
}

function failed({ code, message, words }: ConnectorError): ChannelCheck {
  return { ok: false, code, message, ...(words && { words }) }
}

/** There is no channel yet: nothing to deliver to, a state that lasts as long as the check. */
function hubForCheck(logger: Logger): Hub {
  const state = new Map<string, string>()
  return {
    deliver: () => Promise.reject(new Error('A check delivers nothing.')),
    report: () => {},
    state: { get: async (name) => state.get(name), set: async (name, value) => void state.set(name, value) },
    logger,
    clock: { now: () => new Date() },
    fetch: hubFetch,
  }
}
