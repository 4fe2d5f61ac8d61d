import type { Vault } from '../channels/vault.ts'
import { isSameSecret } from '../connector/same-secret.ts'

/** How long a token holds that is not used: a session renews it. */
export const tokenHoldsMs = 365 * 24 * 60 * 60 * 1000
/** A visitor who came unknown and was then named by his site keeps what he wrote before: so many earlier ids. */
const mostIds = 4

const visitorId = /^[\w-]{8,64}$/

export interface VisitorToken {
  /** His own id first, then those he had before. */
  ids: string[]
  issuedAt: Date
}

/** Signed by the hub for one channel; holds nothing but ids and the time, in seconds. */
export function makeVisitorToken(vault: Vault, channelId: string, { ids, issuedAt }: VisitorToken): string {
  const text = `${[...new Set(ids)].slice(0, mostIds).join('.')}~${Math.floor(issuedAt.getTime() / 1000)}`
  return `${text}~${vault.mac(purpose, `${channelId} ${text}`)}`
}

/** undefined: not ours, of another channel, or too old. */
export function readVisitorToken(vault: Vault, channelId: string, token: string, now: Date): VisitorToken | undefined {
  if (token.length > 1_000) return undefined
  const match = /^([\w.-]+)~(\d{9,11})~([\w-]+)$/.exec(token)
  const [, names = '', seconds = '', mac = ''] = match ?? []
  if (!match || !isSameSecret(mac, vault.mac(purpose, `${channelId} ${names}~${seconds}`))) return undefined
  const issuedAt = new Date(Number(seconds) * 1000)
  const ids = names.split('.')
  if (now.getTime() - issuedAt.getTime() > tokenHoldsMs || !ids.every((id) => visitorId.test(id))) return undefined
  return { ids, issuedAt }
}

const purpose = 'visitor'
