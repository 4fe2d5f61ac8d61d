import { actorId } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { forConnector } from '../channels/channel.ts'
import type { CallCommand, CallCommandName } from '../connector/calling.ts'
import { ConnectorError } from '../connector/errors.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { notePause, noteResume } from '../recordings/pause-store.ts'
import { callNews } from './call-news.ts'
import { readCall } from './list-calls.ts'
import type { CallingDeps } from './place-call.ts'
import type { CallView } from './present-call.ts'

/** Hangs up, holds, transfers …, as far as the connector of the call can. Throws `not_found`, `unsupported`, `conflict` when the call is over. */
export async function controlCall(
  deps: CallingDeps,
  id: string,
  command: { name: CallCommandName; legId?: string | undefined; to?: string | undefined },
  caller: Caller,
): Promise<CallView> {
  const call = await readCall(deps, caller.actor, id)
  const channel = deps.directory.byId(call.channelId)
  if (!channel?.connector.controlCall || !channel.connector.manifest.callCommands?.includes(command.name)) throw new CoreError('unsupported')
  if (call.state === 'ended') throw new CoreError('conflict', 'The call is over.')
  const { rows } = await deps.pool.query<{ name: string }>(
    `select external_id as name from call_ids where call_id = $1 order by (external_id like 'request:%'), external_id limit 1`,
    [id],
  )
  const full: CallCommand = {
    name: command.name,
    callId: rows[0]?.name ?? id,
    ...(command.legId !== undefined && { legId: command.legId }),
    ...(command.to !== undefined && { to: command.to }),
  }
  try {
    await channel.connector.controlCall(full, forConnector(channel, deps.publicUrl), deps.hubOf(channel.id))
  } catch (error) {
    if (error instanceof ConnectorError) throw new CoreError('unavailable', error.message, { ...(error.words && { words: error.words }) })
    throw error
  }
  if (command.name === 'pause_recording' || command.name === 'resume_recording') await keepPause(deps.pool, id, command.name, caller)
  return await readCall(deps, caller.actor, id)
}

/** Vendors tell nobody of it: the gap in the sound is known from here. */
async function keepPause(pool: Pool, id: string, name: 'pause_recording' | 'resume_recording', caller: Caller): Promise<void> {
  await inTransaction(pool, async (tx) => {
    if (name === 'pause_recording') await notePause(tx, id, actorId(caller.actor))
    else await noteResume(tx, id)
    await recordAudit(tx, caller, { action: name === 'pause_recording' ? 'recording.paused' : 'recording.resumed', subject: id })
    await appendLiveEvents(tx, await callNews(tx, [id]))
  })
}
