import { implement } from '@orpc/server'
import type { Actor } from '../../core/access/actor.ts'
import { requireCard } from '../../core/contacts/visible-contacts.ts'
import { assignConversation, takeConversation } from '../../core/conversations/assign-conversation.ts'
import { finishConversation, resumeConversation, snoozeConversation } from '../../core/conversations/change-conversation.ts'
import { requireConversation } from '../../core/conversations/conversation-store.ts'
import { stopWaiting, waitAgain } from '../../core/conversations/end-waiting.ts'
import { listConversations, readConversation } from '../../core/conversations/list-conversations.ts'
import { listWaiting } from '../../core/conversations/list-waiting.ts'
import { readMessages } from '../../core/conversations/read-messages.ts'
import { readDraft, saveDraft } from '../../core/conversations/save-draft.ts'
import { sendAnswer } from '../../core/conversations/send-answer.ts'
import { readComposerLimits } from '../../core/messages/composer-limits.ts'
import { startConversation } from '../../core/messages/start-conversation.ts'
import { writeNote } from '../../core/messages/write-note.ts'
import { conversationsContract, draftsContract, waitingContract } from '../contract/conversations.ts'
import type { ApiContext } from './context.ts'
import { textOf } from './text-of.ts'

const os = implement(conversationsContract).$context<ApiContext>()
const waiting = implement(waitingContract).$context<ApiContext>()
const drafts = implement(draftsContract).$context<ApiContext>()

export const conversationsRoutes = os.router({
  list: os.list.handler(({ input: { assignee, ...filter }, context }) =>
    listConversations(context.deps, context.actor, { ...filter, ...assigneeFilter(assignee, context.actor) }),
  ),
  get: os.get.handler(({ input, context }) => readConversation(context.deps, context.actor, input.id)),
  messages: os.messages.handler(({ input, context }) => readMessages(context.deps, context.actor, input.id, input)),
  send: os.send.handler(async ({ input: { id, attachments, ...message }, context }) => {
    const { channelId } = message.template ? await requireConversation(context.deps.pool, context.actor, id) : {}
    const text = await textOf(context.deps, channelId, message)
    return await sendAnswer(context.deps, { ...message, text, conversationId: id, attachmentIds: attachments }, context)
  }),
  limits: os.limits.handler(({ input, context }) => readComposerLimits(context.deps, context.actor, input.id)),
  start: os.start.handler(async ({ input: { id, attachments, ...message }, context }) => {
    await requireCard(context.deps.pool, context.actor, id)
    const text = await textOf(context.deps, message.channelId, message)
    return await startConversation(context.deps, { ...message, text, contactId: id, attachmentIds: attachments, actor: context.actor })
  }),
  note: os.note.handler(async ({ input, context }) => {
    await requireConversation(context.deps.pool, context.actor, input.id)
    return await writeNote(context.deps, { conversationId: input.id, text: input.text, actor: context.actor })
  }),
  take: os.take.handler(({ input, context }) => takeConversation(context.deps, input.id, context)),
  assign: os.assign.handler(({ input: { id, ...to }, context }) => assignConversation(context.deps, id, to, context)),
  close: os.close.handler(({ input, context }) => finishConversation(context.deps, input.id, context)),
  reopen: os.reopen.handler(({ input, context }) => resumeConversation(context.deps, input.id, context)),
  stopWaiting: os.stopWaiting.handler(({ input, context }) => stopWaiting(context.deps, input.id, context, input.reason)),
  waitAgain: os.waitAgain.handler(({ input, context }) => waitAgain(context.deps, input.id, context)),
  snooze: os.snooze.handler(({ input, context }) =>
    snoozeConversation(context.deps, input.id, input.until === null ? null : new Date(input.until), context),
  ),
})

export const waitingRoutes = waiting.router({
  list: waiting.list.handler(({ input, context }) => listWaiting(context.deps, context.actor, input)),
})

export const draftsRoutes = drafts.router({
  get: drafts.get.handler(async ({ input, context }) => ({ draft: await readDraft(context.deps, input.id, context) })),
  save: drafts.save.handler(async ({ input, context }) => ({ draft: await saveDraft(context.deps, input.id, input.text, context) })),
  discard: drafts.discard.handler(async ({ input, context }) => {
    await saveDraft(context.deps, input.id, '', context)
    return {}
  }),
})

function assigneeFilter(assignee: string | undefined, actor: Actor): { assigneeId?: string; isUnassigned?: boolean } {
  if (assignee === undefined) return {}
  if (assignee === 'none') return { isUnassigned: true }
  return { assigneeId: assignee === 'me' ? actor.id : assignee }
}
