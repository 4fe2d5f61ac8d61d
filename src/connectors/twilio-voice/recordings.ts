import type { InboundEvent, RecordingEvent } from '../../core/connector/event.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { download, type Media } from '../kits/twilio/media.ts'
import { timeOf } from './legs.ts'
import type { Settings } from './settings.ts'
import { outcome, type Told } from './told.ts'

const reasons: Record<string, string> = { '16101': 'too_short', '16102': 'silent' }

/** A recording is being made, is there, or will never be. That of the voicemail also says how the call ended. */
export function eventsOfRecording({ form, thread }: Told): InboundEvent[] | undefined {
  const sid = form.get('RecordingSid') ?? ''
  const status = form.get('RecordingStatus') ?? ''
  if (!/^\w{1,64}$/.test(sid) || status === '') return undefined
  const isThere = status === 'completed'
  const isLost = status === 'absent' || status === 'failed'
  const channels = Number(form.get('RecordingChannels')) === 2 ? 2 : 1
  const seconds = Number.parseInt(form.get('RecordingDuration') ?? '', 10)
  const code = form.get('ErrorCode') ?? ''
  const { occurredAt: startedAt } = timeOf(form.get('RecordingStartTime'))
  const recording: RecordingEvent = {
    type: 'recording',
    key: `recording:${sid}:${status.slice(0, 40)}`,
    callId: thread.call,
    recordingId: sid,
    ...(startedAt && { occurredAt: startedAt, startedAt }),
    state: isThere ? 'available' : isLost ? 'absent' : 'expected',
    ...(isThere && { ref: refOf(sid, channels) }),
    ...(isLost && { reason: reasons[code] ?? (code ? `twilio_${code}` : `twilio_${status}`) }),
    ...(isThere && seconds >= 0 && { seconds }),
    ...(isThere && { tracks: tracksOf({ channels, isVoicemail: thread.voicemail !== undefined, isAsked: thread.request !== undefined }) }),
  }
  const isMessage = thread.voicemail !== undefined && thread.answered === undefined && isThere
  return isMessage ? [recording, outcome(thread, 'voicemail')] : [recording]
}

/** The first leg is on the first track: the caller's, or of a call we asked for the user's. */
export function tracksOf(of: { channels: number; isVoicemail: boolean; isAsked: boolean }): NonNullable<RecordingEvent['tracks']> {
  if (of.isVoicemail) return ['client']
  if (of.channels === 1) return ['both']
  return of.isAsked ? ['user', 'client'] : ['client', 'user']
}

export function refOf(sid: string, channels: number): string {
  return `${sid}:${channels}`
}

/** Asked for by its id under the address of the settings: what came in a payload decides no address. */
export async function fetchMedia(ref: string, { settings }: Channel<Settings>, hub: Hub): Promise<Media> {
  const [sid = '', channels = '1'] = ref.split(':')
  const folder = `${settings.apiRoot.replace(/\/$/, '')}/2010-04-01/Accounts/${settings.accountSid}/Recordings`
  return await download(`${folder}/${encodeURIComponent(sid)}.wav?RequestedChannels=${channels === '2' ? 2 : 1}`, settings, hub)
}
