import { lookup } from 'node:dns/promises'
import { isPrivateAddress } from '../channels/private-address.ts'

/** What the hub saw when it fetched itself by the address that vendors are told. */
export interface Reach {
  url: string
  /** Its own /healthz answered. */
  ok: boolean
  /** Who answered there. */
  seen: 'hub' | 'other' | 'nobody'
  https: boolean
  /** The address leads into a private network: vendors cannot call it, channels that can poll should. */
  private: boolean
  detail: string
}

/** Never throws; 10 s at most. */
export async function checkReach(publicUrl: string): Promise<Reach> {
  const { protocol, hostname } = new URL(publicUrl)
  const known = { url: publicUrl, https: protocol === 'https:', private: await isPrivateHost(hostname) }
  try {
    const response = await fetch(`${publicUrl}/healthz`, { signal: AbortSignal.timeout(10_000), redirect: 'manual' })
    const body = await response.text()
    const ok = response.status === 200 && body.includes('"ok"')
    return {
      ...known,
      ok,
      seen: ok ? 'hub' : 'other',
      detail: ok ? 'The hub answers at this address.' : `Something else answers there: status ${response.status}.`,
    }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    return { ...known, ok: false, seen: 'nobody', detail: `Nothing answers there: ${cause}.` }
  }
}

async function isPrivateHost(hostname: string): Promise<boolean> {
  try {
    const addresses = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true })
    return addresses.some(({ address }) => isPrivateAddress(address))
  } catch {
    return false
  }
}
