import { implement } from '@orpc/server'
import { recordAudit } from '../../core/access/audit.ts'
import { inspectDelivery, readDeliveryBody } from '../../core/intake/inspect-delivery.ts'
import { listDeliveries } from '../../core/intake/list-deliveries.ts'
import { presentDelivery } from '../../core/intake/present-delivery.ts'
import { previewReplay } from '../../core/intake/preview-replay.ts'
import { previewWindow, replayWindow } from '../../core/intake/replay-window.ts'
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
  previewReplay: os.previewReplay.handler(({ input, context: { deps } }) => previewReplay({ ...deps, channels: deps.directory }, input.id)),
  previewWindow: os.previewWindow.handler(({ input, context: { deps } }) =>
    previewWindow({ ...deps, preview: (id) => previewReplay({ ...deps, channels: deps.directory }, id) }, input),
  ),
  replayWindow: os.replayWindow.handler(async ({ input, context }) => {
    const { deps, actor } = context
    const { replayed, changes, failed, nextCursor } = await replayWindow({ ...deps, replay: (id) => deps.intake.replay(id, actor) }, input)
    await recordAudit(deps.pool, context, { action: 'delivery.window_replayed', detail: { ...input, replayed } })
    return { ...changes, replayed: replayed.length, failed, nextCursor }
  }),
})

/** Always a download: what strangers sent is never shown by the browser under our origin. */
export const sendDeliveryBody: RawHandler = async (request, response, _actor, deps) => {
  const { id } = byId.parse(request.params)
  const body = await readDeliveryBody(deps, id)
  response.type('application/octet-stream').attachment(`${id}.bin`).send(Buffer.from(body))
}
