import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Hub } from '../../core/connector/hub.ts'
import type { Call } from './client.ts'
import type { Settings } from './settings.ts'

export const self = z.object({ id: z.union([z.string(), z.number()]).transform(String), name: z.string().nullish() })

/** Number of our account, asked for once and kept for these credentials: all paths begin with it. */
export async function accountId({ clientId }: Settings, call: Call, hub: Pick<Hub, 'state'>): Promise<string> {
  const name = `account_${createHash('sha256').update(clientId).digest('hex').slice(0, 16)}`
  const known = await hub.state.get(name)
  if (known) return known
  const { id } = await call({ path: '/core/v1/accounts/self' }, self)
  await hub.state.set(name, id)
  return id
}
