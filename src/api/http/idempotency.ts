import { createHash } from 'node:crypto'
import { claimAnswer, forgetAnswer, keepAnswer } from '../../core/access/idempotency-store.ts'
import { CoreError } from '../../core/errors.ts'
import type { ApiContext } from '../routes/context.ts'

/**
 * Runs a POST once per `Idempotency-Key` and actor: the same key with the same request gets the first answer again, with another request
 * `idempotency_conflict`. What failed may be tried again with the same key. After a crash in the middle, or when the answer could not be kept, the key stays `idempotency_unfinished`:
 * whether it happened must be looked at, it is never done twice.
 */
export async function answerOnce<Output>(
  { headers, actor, deps }: ApiContext,
  call: { operation: string; input: unknown },
  run: () => Promise<Output>,
): Promise<unknown> {
  const key = headers.get('idempotency-key')
  if (!key || actor.kind === 'nobody') return await run()
  if (key.length > 255) throw new CoreError('invalid_request', 'Idempotency-Key: at most 255 letters.')
  const hash = createHash('sha256')
    .update(JSON.stringify(call.input ?? null))
    .digest('hex')
  const slot = { actor: actor.id, key, route: call.operation, hash }
  const earlier = await claimAnswer(deps.pool, slot)
  if (earlier) {
    if (earlier.route !== slot.route || earlier.hash !== slot.hash) throw new CoreError('idempotency_conflict')
    if (earlier.status === null || earlier.body === null) throw new CoreError('idempotency_unfinished')
    return JSON.parse(deps.vault.open(earlier.body))
  }
  const output = await run().catch(async (error: unknown) => {
    await forgetAnswer(deps.pool, slot)
    throw error
  })
  // Not within reach of the above: it has happened, and an answer that cannot be kept must not free the key.
  await keepAnswer(deps.pool, slot, deps.vault.seal(JSON.stringify(output ?? null)))
  return output
}
