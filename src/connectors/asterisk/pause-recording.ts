import type { CallCommand } from '../../core/connector/calling.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { openAmi } from './client.ts'
import type { Packet } from './packets.ts'
import type { Settings } from './settings.ts'

/**
 * Silences the recording of a call, or lets it hear again: its time goes on. MixMonitor runs on one of the call's channels and AMI does not say on which, so all of
 * them are asked (Asterisk 18, AMI_Actions/MixMonitorMute). Throws ConnectorError when none of them is recorded.
 */
export async function pauseRecording({ name, callId, legId }: CallCommand, settings: Settings): Promise<void> {
  const channels: Packet[] = []
  let isListed = () => {}
  const listed = new Promise<void>((resolve) => {
    isListed = resolve
  })
  const onEvent = (_: string, packet: Packet) => {
    if (packet.get('event')?.toLowerCase() === 'coreshowchannel') channels.push(packet)
    if (packet.get('event')?.toLowerCase() === 'coreshowchannelscomplete') isListed()
  }
  const ami = await openAmi(settings, { onEvent, hearsListsOnly: true })
  try {
    await ami.ask({ Action: 'CoreShowChannels' })
    await Promise.race([listed, ami.ended])
    const call = channels.find((one) => one.get('channel') === legId)?.get('linkedid') ?? callId
    const own = channels.filter((one) => one.get('linkedid') === call).flatMap((one) => one.get('channel') ?? [])
    const State = name === 'pause_recording' ? '1' : '0'
    const answers = await Promise.all(own.map((Channel) => ami.ask({ Action: 'MixMonitorMute', Channel, Direction: 'both', State })))
    if (answers.some((answer) => answer.get('response') === 'Success')) return
    throw wordedError('rejected', { en: 'This call is not being recorded by Asterisk.', ru: 'Asterisk не записывает этот разговор.' })
  } finally {
    ami.close()
  }
}
