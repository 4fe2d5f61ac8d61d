import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, nothing, pageOf, pageQuery } from './page.ts'
import { contact, conversation, entry, time } from './shapes.ts'

const text = z.string().max(100_000)
const draft = z.object({ conversationId: z.uuid(), userId: z.uuid(), text: z.string(), updatedAt: time })
export const chosenTemplate = z
  .object({ name: z.string().max(512), language: z.string().max(20), values: z.record(z.string().max(200), z.string().max(2000)) })
  .describe('one of GET /channels/{id}/approved-templates; `text` may then be empty')
export const buttons = z
  .array(z.string().trim().min(1).max(100))
  .max(20)
  .optional()
  .describe('ready answers under the message, where the channel has them')
const words = z.object({ en: z.string(), ru: z.string() })
const scope = z.enum(['mine', 'team', 'all'])
const count = z.number().int()

export const conversationsContract = {
  list: oc
    .route({ method: 'GET', path: '/conversations', summary: 'The latest first' })
    .input(
      z.object({
        ...pageQuery,
        state: z.enum(['open', 'waiting', 'closed']).optional().describe('`open` also gives those that wait'),
        assignee: z
          .union([z.uuid(), z.enum(['me', 'none'])])
          .optional()
          .describe('a user, `me` or `none`'),
        contactId: z.uuid().optional(),
        channelId: z.uuid().optional(),
      }),
    )
    .output(pageOf(conversation)),
  get: oc.route({ method: 'GET', path: '/conversations/{id}' }).input(byId).output(conversation),
  messages: oc
    .route({ method: 'GET', path: '/conversations/{id}/messages', summary: 'Newest first; `cursor` of the answer: send it as `lastSeenCursor`' })
    .input(byId.extend(pageQuery))
    .output(pageOf(entry).extend({ cursor: z.string() })),
  send: oc
    .route({
      method: 'POST',
      path: '/conversations/{id}/messages',
      successStatus: 202,
      summary: '409 stale_reply, with what was not seen, when something newer came after `lastSeenCursor`',
    })
    .input(
      byId.extend({
        text,
        attachments: z.array(z.uuid()).max(50).optional(),
        lastSeenCursor: z.string().max(100).optional(),
        subject: z.string().max(1000).optional(),
        cc: z
          .array(z.object({ kind: z.string(), value: z.string() }))
          .max(100)
          .optional()
          .describe('absent: everybody else who takes part, where the medium has such'),
        replyToEntryId: z.uuid().optional(),
        template: chosenTemplate.optional(),
        buttons,
      }),
    )
    .output(entry),
  limits: oc
    .route({ method: 'GET', path: '/conversations/{id}/limits', summary: 'What a message may hold here, and until when free words get through' })
    .input(byId)
    .output(
      z.object({
        textLength: count.nullable(),
        textCounts: z.enum(['characters', 'bytes']),
        attachmentBytes: count.nullable(),
        attachmentTypes: z.array(z.string()).nullable(),
        buttons: z.object({ count, length: count }).nullable().describe('ready answers under a message'),
        noFiles: words.nullable().describe('why no file can go at all'),
        window: z
          .object({ closesAt: time.nullable().describe('null: the client has never written here'), templates: z.boolean() })
          .nullable()
          .describe('null: free words get through at any time'),
      }),
    ),
  start: oc
    .route({
      method: 'POST',
      path: '/contacts/{id}/messages',
      successStatus: 202,
      summary: 'Writes to a client by any channel that reaches him; a subject begins an exchange of its own',
    })
    .input(
      byId.extend({
        channelId: z.uuid(),
        text,
        attachments: z.array(z.uuid()).max(50).optional(),
        subject: z.string().max(1000).optional(),
        template: chosenTemplate.optional(),
        buttons,
        to: z
          .object({ kind: z.string(), value: z.string() })
          .optional()
          .describe('one of his own identities; absent: the best that the channel can write to'),
      }),
    )
    .output(entry),
  note: oc
    .route({ method: 'POST', path: '/conversations/{id}/notes', successStatus: 201, summary: 'To colleagues; the client never sees it' })
    .input(byId.extend({ text: text.min(1) }))
    .output(entry),
  take: oc
    .route({
      method: 'POST',
      path: '/conversations/{id}/take',
      summary: 'Of two who take one wins; the other hears 409 conflict with `assigneeName`',
    })
    .input(byId)
    .output(conversation),
  assign: oc
    .route({
      method: 'POST',
      path: '/conversations/{id}/assign',
      summary: 'What a colleague has only he or a manager gives away; a note is kept with it',
    })
    .input(byId.extend({ userId: z.uuid().nullable(), teamId: z.uuid().nullable().optional(), note: z.string().trim().max(5000).optional() }))
    .output(conversation),
  close: oc.route({ method: 'POST', path: '/conversations/{id}/close' }).input(byId).output(conversation),
  reopen: oc.route({ method: 'POST', path: '/conversations/{id}/reopen' }).input(byId).output(conversation),
  stopWaiting: oc
    .route({ method: 'POST', path: '/conversations/{id}/no-answer-needed', summary: 'No answer needed, or answered elsewhere: over all media' })
    .input(byId.extend({ reason: z.enum(['not_needed', 'elsewhere']).default('not_needed') }))
    .output(conversation),
  waitAgain: oc
    .route({ method: 'POST', path: '/conversations/{id}/wait-again', summary: 'Takes the latest "no answer needed" back' })
    .input(byId)
    .output(conversation),
  snooze: oc
    .route({ method: 'POST', path: '/conversations/{id}/snooze', summary: 'Out of the waiting list until then, or until the client writes' })
    .input(byId.extend({ until: z.iso.datetime().nullable().describe('null: back at once') }))
    .output(conversation),
}

export const waitingContract = {
  list: oc
    .route({
      method: 'GET',
      path: '/waiting',
      summary: 'Who waits for an answer: one row per client over all media, the least time left to the target first',
    })
    .input(z.object({ ...pageQuery, scope: scope.default('all'), channelId: z.uuid().optional() }))
    .output(
      pageOf(
        z.object({
          contact,
          waitingSince: time,
          dueAt: time.describe('until when he is to be answered first'),
          minutesLeft: count.describe('open minutes left until then; less than nothing: late'),
          callIds: z.array(z.uuid()).describe('missed calls that wait to be called back'),
          conversations: z.array(conversation),
          lastEntry: entry.nullable(),
        }),
      ).extend({
        counts: z.object({ mine: count, team: count, all: count }),
      }),
    ),
}

export const draftsContract = {
  get: oc
    .route({ method: 'GET', path: '/conversations/{id}/draft' })
    .input(byId)
    .output(z.object({ draft: draft.nullable() })),
  save: oc
    .route({ method: 'PUT', path: '/conversations/{id}/draft', summary: 'An empty text forgets it' })
    .input(byId.extend({ text }))
    .output(z.object({ draft: draft.nullable() })),
  discard: oc.route({ method: 'DELETE', path: '/conversations/{id}/draft' }).input(byId).output(nothing),
}
