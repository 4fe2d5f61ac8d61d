import { implement } from '@orpc/server'
import { changeCall } from '../../core/calls/change-call.ts'
import { listCalls, readCall } from '../../core/calls/list-calls.ts'
import { controlCall, placeCall } from '../../core/calls/place-call.ts'
import { callsContract } from '../contract/calls.ts'
import type { ApiContext } from './context.ts'

const os = implement(callsContract).$context<ApiContext>()

export const callsRoutes = os.router({
  list: os.list.handler(({ input, context }) => listCalls(context.deps, context.actor, input)),
  get: os.get.handler(({ input, context }) => readCall(context.deps, context.actor, input.id)),
  update: os.update.handler(({ input: { id, ...patch }, context }) => changeCall(context.deps, id, patch, context)),
  place: os.place.handler(({ input, context }) => placeCall(context.deps, input, context)),
  control: os.control.handler(({ input: { id, ...command }, context }) => controlCall(context.deps, id, command, context)),
})
