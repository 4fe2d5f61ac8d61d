import { type Caller, recordAudit } from '../access/audit.ts'
import { readFirm } from '../access/firm-store.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { type Address, addressKey } from './address.ts'
import { areChannelAndTeams, readAddresses, replaceAddresses } from './address-store.ts'

/** Replaces our numbers and addresses behind a channel; phones are kept in E.164, one of each. Throws `not_found`. */
export async function saveAddresses({ pool }: { pool: Pool }, channelId: string, given: readonly Address[], caller: Caller): Promise<Address[]> {
  return await inTransaction(pool, async (tx) => {
    const { country } = await readFirm(tx)
    const addresses = [...new Map(given.map((one) => [addressKey(one.value, country), one])).entries()].map(([value, one]) => ({ ...one, value }))
    const teams = addresses.flatMap(({ teamId }) => teamId ?? [])
    if (!(await areChannelAndTeams(tx, channelId, teams))) throw new CoreError('not_found')
    await replaceAddresses(tx, channelId, addresses)
    await recordAudit(tx, caller, { action: 'addresses.changed', subject: channelId, detail: { addresses } })
    return await readAddresses(tx, [channelId])
  })
}
