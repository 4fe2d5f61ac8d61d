import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Logger } from '../connector/hub.ts'
import type { Pool } from '../database/pool.ts'
import { normaliseIdentity } from '../identities/normalise-identity.ts'
import { type FirmContext, identityKey } from './apply/keys.ts'

const refreshEveryMs = 15_000
const countryUntilSetUp = 'RU'

export interface FirmContextKeeper {
  current(): FirmContext
  refresh(): Promise<void>
  close(): void
}

/** Keeps in memory what matching needs of the firm: its country, and its own numbers and addresses, which are nobody's key. */
export async function keepFirmContext(deps: { pool: Pool; channels: ChannelDirectory; logger: Logger }): Promise<FirmContextKeeper> {
  let context: FirmContext = { defaultCountry: countryUntilSetUp, own: new Set() }

  async function refresh(): Promise<void> {
    const { rows } = await deps.pool.query<{ country: string | null }>(`select value ->> 'country' as country from settings where name = 'firm'`)
    const defaultCountry = rows[0]?.country ?? countryUntilSetUp
    const addresses = await deps.pool.query<{ value: string }>('select value from addresses')
    const values = [...addresses.rows.map((row) => row.value), ...deps.channels.all().flatMap((channel) => ownAddressOf(channel.settings))]
    context = { defaultCountry, own: new Set(values.flatMap((value) => keysOfValue(value, defaultCountry))) }
  }

  const refreshQuietly = () => {
    refresh().catch((error: unknown) => deps.logger.warn({ error: String(error) }, 'the firm’s settings could not be read anew'))
  }
  await refresh()
  const stopListening = deps.channels.onChange(refreshQuietly)
  const timer = setInterval(refreshQuietly, refreshEveryMs)
  return {
    current: () => context,
    refresh,
    close() {
      clearInterval(timer)
      stopListening()
    },
  }
}

/** A channel's own address, by the one settings name that connectors share for it. */
function ownAddressOf(settings: unknown): string[] {
  return typeof settings === 'object' && settings !== null && 'address' in settings && typeof settings.address === 'string' ? [settings.address] : []
}

/** An address may be a phone or an e-mail: whichever it reads as. */
function keysOfValue(value: string, country: string): string[] {
  return ['phone', 'email'].flatMap((kind) => {
    const normalised = normaliseIdentity(kind, value, country)
    return 'never' in normalised ? [] : [identityKey(normalised.kind, normalised.value)]
  })
}
