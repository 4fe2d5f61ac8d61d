import { implement } from '@orpc/server'
import { recordAudit } from '../../core/access/audit.ts'
import { inspectDelivery, readDeliveryBody } from '../../core/intake/inspect-delivery.ts'
import { listDeliveries } from '../../core/intake/list-deliveries.ts'
import { presentDelivery } from '../../core/intake/present-delivery.ts'
import { deliveriesContract } from '../contract/deliveries.ts'
import { byId } from '../contract/page.ts'
import type { ApiContext } from './context.ts'
import type { RawHandler } from './raw-handler.ts'

const os = implement(deliveriesContract).$context<ApiContext>()

export const deliveriesRoutes = os.router({
  list: os.list.handler(({ input, context }) => listDeliveries(context.deps, input)),
  get: os.get.handler(({ input, context }) => inspectDelivery(context.deps, input.id)),
  replay: os.replay.handler(async ({ input, context }) => {
    const { deps, actor } = context
    await deps.intake.replay(input.id, actor)
    await recordAudit(deps.pool, context, { action: 'delivery.replayed', subject: input.id })
    return await presentDelivery(deps.pool, input.id)
  }),
})

/** Always a download: what strangers sent is never shown by the browser under our origin. */
export const sendDeliveryBody: RawHandler = async (request, response, _actor, deps) => {
  const { id } = byId.parse(request.params)
  const body = await readDeliveryBody(deps, id)
  response.type('application/octet-stream').attachment(`${id}.bin`).send(Buffer.from(body))
}
