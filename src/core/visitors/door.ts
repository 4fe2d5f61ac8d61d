import type { Vault } from '../channels/vault.ts'
import type { Door } from '../connector/visitors.ts'
import { createSenderRate } from '../intake/sender-rate.ts'
import { readVisitorToken } from './visitor-token.ts'

/** What a connector may ask of the door while it verifies a request. */
export function createDoors({ vault }: { vault: Vault }): (channelId: string) => Door {
  const rates = createSenderRate()
  return (channelId) => ({
    visitorsOf: (token) => readVisitorToken(vault, channelId, token, new Date())?.ids,
    count: (sender) => rates.count(`${channelId} ${sender}`),
  })
}
