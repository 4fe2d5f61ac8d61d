import { implement } from '@orpc/server'
import { readLiveEvents } from '../../core/realtime/read-live-events.ts'
import { eventsContract } from '../contract/events.ts'
import { visibleItems } from '../realtime/visible-items.ts'
import type { ApiContext } from './context.ts'

const os = implement(eventsContract).$context<ApiContext>()

export const eventsRoutes = os.router({
  list: os.list.handler(async ({ input, context }) => {
    const page = await readLiveEvents(context.deps.pool, input)
    const visible = await visibleItems(context.deps.pool, context.actor, page.items)
    return { items: visible.map((item) => ({ ...item, payload: { ...item.payload } })), cursor: page.cursor }
  }),
})
