import { implement } from '@orpc/server'
import { changeCall } from '../../core/calls/change-call.ts'
import { controlCall } from '../../core/calls/control-call.ts'
import { listCalls, readCall } from '../../core/calls/list-calls.ts'
import { listCandidates } from '../../core/calls/list-candidates.ts'
import { placeCall } from '../../core/calls/place-call.ts'
import { putCallOnCard } from '../../core/calls/put-call-on-card.ts'
import { eraseRecording, findRecording, linkRecording } from '../../core/recordings/open-recording.ts'
import { readGaps } from '../../core/recordings/pause-store.ts'
import { callsContract } from '../contract/calls.ts'
import type { ApiContext } from './context.ts'

const os = implement(callsContract).$context<ApiContext>()

export const callsRoutes = os.router({
  list: os.list.handler(({ input, context }) => listCalls(context.deps, context.actor, input)),
  get: os.get.handler(({ input, context }) => readCall(context.deps, context.actor, input.id)),
  update: os.update.handler(({ input: { id, ...patch }, context }) => changeCall(context.deps, id, patch, context)),
  candidates: os.candidates.handler(({ input, context }) => listCandidates(context.deps, context.actor, input.id)),
  putOnCard: os.putOnCard.handler(({ input, context }) => putCallOnCard(context.deps, input.id, input.contactId, context)),
  recordings: os.recordings.handler(async ({ input, context }) => ({ items: (await readCall(context.deps, context.actor, input.id)).recordings })),
  waveform: os.waveform.handler(async ({ input, context }) => {
    const { seconds, sides, peaks } = await findRecording(context.deps, context.actor, placeOf(input))
    return { seconds, sides, peaks: peaks ?? [], gaps: await readGaps(context.deps.pool, input.recordingId) }
  }),
  listenLink: os.listenLink.handler(({ input, context }) => linkRecording(context.deps, placeOf(input), false, context)),
  downloadLink: os.downloadLink.handler(({ input, context }) => linkRecording(context.deps, placeOf(input), true, context)),
  eraseRecording: os.eraseRecording.handler(async ({ input, context }) => {
    await eraseRecording(context.deps, placeOf(input), context)
    return {}
  }),
  place: os.place.handler(({ input, context }) => placeCall(context.deps, input, context)),
  control: os.control.handler(({ input: { id, ...command }, context }) => controlCall(context.deps, id, command, context)),
})

function placeOf({ id, recordingId }: { id: string; recordingId: string }): { callId: string; recordingId: string } {
  return { callId: id, recordingId }
}
