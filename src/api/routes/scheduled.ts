import { implement } from '@orpc/server'
import type { Actor } from '../../core/access/actor.ts'
import { requireCard } from '../../core/contacts/visible-contacts.ts'
import { requireConversation } from '../../core/conversations/conversation-store.ts'
import { CoreError } from '../../core/errors.ts'
import { cancelScheduled } from '../../core/messages/cancel-scheduled.ts'
import { findScheduled, listScheduled, type ScheduledView } from '../../core/messages/list-scheduled.ts'
import { scheduleMessage } from '../../core/messages/schedule-message.ts'
import { sendScheduledNow } from '../../core/messages/send-scheduled.ts'
import { scheduledContract } from '../contract/scheduled.ts'
import type { ApiContext, ApiDeps } from './context.ts'
import { textOf } from './text-of.ts'

const os = implement(scheduledContract).$context<ApiContext>()

export const scheduledRoutes = os.router({
  list: os.list.handler(async ({ input, context: { deps, actor } }) => {
    await requireCard(deps.pool, actor, input.id)
    return { items: await listScheduled(deps, input.id) }
  }),
  create: os.create.handler(async ({ input: { id, attachments, sendAt, ...message }, context: { deps, actor } }) => {
    const { channelId } = await requireConversation(deps.pool, actor, id)
    const text = await textOf(deps, channelId, message)
    const made = await scheduleMessage(deps, { ...message, text, conversationId: id, attachmentIds: attachments, sendAt: new Date(sendAt), actor })
    return await requireScheduled(deps, actor, made)
  }),
  send: os.send.handler(async ({ input, context: { deps, actor } }) => {
    await requireScheduled(deps, actor, input.id)
    await sendScheduledNow(deps, input.id, actor)
    return {}
  }),
  cancel: os.cancel.handler(async ({ input, context: { deps, actor } }) => {
    await requireScheduled(deps, actor, input.id)
    await cancelScheduled(deps, input.id)
    return {}
  }),
})

/** One that has not left, of a conversation that the actor may see. Throws `not_found`. */
async function requireScheduled(deps: ApiDeps, actor: Actor, id: string): Promise<ScheduledView> {
  const found = await findScheduled(deps, id)
  if (!found) throw new CoreError('not_found')
  await requireConversation(deps.pool, actor, found.conversationId)
  return found
}
