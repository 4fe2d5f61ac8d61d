import { type Caller, recordAudit } from '../access/audit.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { foldNumber, type UserNumber } from './number.ts'
import { areKnown, holdersOf, readNumbers, replaceNumbers } from './number-store.ts'

/** Replaces the numbers of a user. Throws `not_found`; `conflict` when a colleague has one of them already: a call would ring two. */
export async function saveNumbers(
  { pool }: { pool: Pool },
  userId: string,
  given: readonly Omit<UserNumber, 'userId'>[],
  caller: Caller,
): Promise<UserNumber[]> {
  const folded = given.map(({ channelId, value }) => ({ channelId, value: foldNumber(value) })).filter(({ value }) => value !== '')
  const numbers = [...new Map(folded.map((one) => [`${one.channelId} ${one.value}`, one])).values()]
  return await inTransaction(pool, async (tx) => {
    const channels = numbers.flatMap(({ channelId }) => channelId ?? [])
    if (!(await areKnown(tx, userId, channels))) throw new CoreError('not_found')
    const [holder] = await holdersOf(tx, userId, numbers)
    if (holder) throw new CoreError('conflict', `${holder.value} is the number of ${holder.name}.`)
    await replaceNumbers(tx, userId, numbers)
    await recordAudit(tx, caller, { action: 'user_numbers.changed', subject: userId, detail: { numbers } })
    return await readNumbers(tx, userId)
  })
}
