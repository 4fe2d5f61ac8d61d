import { implement } from '@orpc/server'
import { type Caller, recordAudit } from '../../core/access/audit.ts'
import { requireSource } from '../../core/channels/visible-sources.ts'
import type { Queryable } from '../../core/database/pool.ts'
import { inspectDelivery, readDeliveryBody } from '../../core/intake/inspect-delivery.ts'
import { listDeliveries } from '../../core/intake/list-deliveries.ts'
import { markTest } from '../../core/intake/mark-test.ts'
import { presentDelivery } from '../../core/intake/present-delivery.ts'
import { previewReplay } from '../../core/intake/preview-replay.ts'
import { previewWindow } from '../../core/intake/preview-window.ts'
import { removeTests } from '../../core/intake/remove-tests.ts'
import { deliveriesContract } from '../contract/deliveries.ts'
import { byId } from '../contract/page.ts'
import type { ApiContext } from './context.ts'
import type { RawHandler } from './raw-handler.ts'

const os = implement(deliveriesContract).$context<ApiContext>()

export const deliveriesRoutes = os.router({
  list: os.list.handler(({ input, context }) => listDeliveries(context.deps, { ...input, seenBy: context.actor })),
  get: os.get.handler(async ({ input, context }) => {
    const { deps, actor } = context
    await requireSource(deps.pool, actor, input.id)
    const found = await inspectDelivery(deps, input.id)
    await auditReading(deps.pool, context, input.id)
    return found
  }),
  replay: os.replay.handler(async ({ input, context }) => {
    const { deps, actor } = context
    await requireSource(deps.pool, actor, input.id)
    await deps.intake.replay(input.id, actor)
    await recordAudit(deps.pool, context, { action: 'delivery.replayed', subject: input.id })
    return await presentDelivery(deps.pool, input.id)
  }),
  previewReplay: os.previewReplay.handler(async ({ input, context: { deps, actor } }) => {
    await requireSource(deps.pool, actor, input.id)
    return await previewReplay({ ...deps, channels: deps.directory }, input.id)
  }),
  previewWindow: os.previewWindow.handler(({ input, context: { deps, actor } }) =>
    previewWindow({ ...deps, preview: (id) => previewReplay({ ...deps, channels: deps.directory }, id) }, { ...input, seenBy: actor }),
  ),
  mark: os.mark.handler(async ({ input, context }) => {
    const { deps, actor } = context
    await requireSource(deps.pool, actor, input.id)
    await markTest({ ...deps, channels: deps.directory }, context, input)
    return await presentDelivery(deps.pool, input.id)
  }),
  removeTests: os.removeTests.handler(async ({ input: { ids }, context }) => {
    const { deps, actor } = context
    for (const id of ids) await requireSource(deps.pool, actor, id)
    return { items: await removeTests(deps, context, [...new Set(ids)]) }
  }),
})

/** Always a download: what strangers sent is never shown by the browser under our origin. */
export const sendDeliveryBody: RawHandler = async (request, response, actor, deps) => {
  const { id } = byId.parse(request.params)
  await requireSource(deps.pool, actor, id)
  const body = await readDeliveryBody(deps, id)
  await auditReading(deps.pool, { actor, ip: request.ip }, id)
  response.type('application/octet-stream').attachment(`${id}.bin`).send(Buffer.from(body))
}

/** What a client wrote may be in it: whoever looks without seeing clients otherwise is on record. */
async function auditReading(db: Queryable, caller: Caller, id: string): Promise<void> {
  if (caller.actor.role === 'integrator') await recordAudit(db, caller, { action: 'delivery.read', subject: id })
}
