import { implement } from '@orpc/server'
import { decideUnconfirmed } from '../../core/outbox/decide-unconfirmed.ts'
import type { EntryKind } from '../../core/timeline/entry.ts'
import { moveEntry } from '../../core/timeline/move-entry.ts'
import { readEntry } from '../../core/timeline/read-entry.ts'
import type { TimelineInput } from '../../core/timeline/read-timeline.ts'
import { entriesContract } from '../contract/timeline.ts'
import type { ApiContext } from './context.ts'

const os = implement(entriesContract).$context<ApiContext>()

export const entriesRoutes = os.router({
  get: os.get.handler(({ input, context }) => readEntry(context.deps, context.actor, input.id)),
  move: os.move.handler(({ input, context }) =>
    moveEntry(context.deps, { entryId: input.id, toContactId: input.contactId, withIdentity: input.withIdentity }, context),
  ),
  decide: os.decide.handler(async ({ input, context }) => {
    await readEntry(context.deps, context.actor, input.id)
    return await decideUnconfirmed(context.deps, { entryId: input.id, decision: input.decision, actor: context.actor, ip: context.ip })
  }),
})

interface TimelineQuery {
  kind?: EntryKind[] | undefined
  medium?: string[] | undefined
  from?: string | undefined
  until?: string | undefined
  query?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** The query of a timeline, as core calls its parts. */
export function timelineInput(query: TimelineQuery): TimelineInput {
  const { kind, medium, ...rest } = query
  return { ...rest, kinds: kind, media: medium }
}
