import { setTimeout as pause } from 'node:timers/promises'
import type { CallCommand } from '../../core/connector/calling.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { askTwilio, type TwilioClient } from '../kits/twilio/client.ts'
import { enterRoom, newTwiml, type Ringing, ringPhones } from './dial.ts'
import type { Settings } from './settings.ts'

interface Acting {
  channel: Channel<Settings>
  /** One request that may change the call: never repeated by itself. */
  ask<Answer>(what: (client: TwilioClient) => Promise<Answer>): Promise<Answer>
}

/** Both ends of a running call: whose leg is which depends on who began it. */
interface Ends {
  root: string
  client: string
  phone: string
}

/** Everything beyond hanging up needs to know both ends; holding and muting need a room, made when first wanted. */
export async function controlCall(command: CallCommand, channel: Channel<Settings>, hub: Hub): Promise<void> {
  const acting: Acting = { channel, ask: (what) => askTwilio(channel.settings, hub, what, { mayAct: true }) }
  const { callId } = command
  switch (command.name) {
    case 'hang_up':
      await acting.ask((client) => client.calls(callId).update({ status: 'completed' }))
      return
    case 'transfer':
      return await transfer(acting, await endsOf(acting, command), command.to ?? '')
    case 'pause_recording':
    case 'resume_recording':
      return await changeRecording(acting, callId, command.name === 'pause_recording')
    case 'hold':
    case 'resume':
    case 'mute':
    case 'unmute':
      return await changeInRoom(acting, await endsOf(acting, command), command.name)
  }
}

async function endsOf({ ask }: Acting, { callId, legId }: CallCommand): Promise<Ends> {
  const root = await ask((client) => client.calls(callId).fetch())
  const children = await ask((client) => client.calls.list({ parentCallSid: callId, status: 'in-progress', limit: 20 }))
  const child = children.find(({ sid }) => sid === legId) ?? children[0]
  if (child === undefined)
    throw wordedError('rejected', { en: 'Nobody has answered this call yet, or it is over', ru: 'На звонок ещё не ответили, или он закончен' })
  return root.direction === 'inbound' ? { root: callId, client: callId, phone: child.sid } : { root: callId, client: child.sid, phone: callId }
}

/** The client's leg goes on to another phone, and to the voicemail when nobody takes it; ours ends with that. */
async function transfer({ channel, ask }: Acting, ends: Ends, to: string): Promise<void> {
  const twiml = newTwiml()
  const now: Ringing = { ...channel, thread: { call: ends.root, answered: '1' } }
  if (!ringPhones(twiml, now, { users: [to], isForAll: true })) {
    throw wordedError('invalid_recipient', {
      en: `Twilio cannot ring "${to}": a phone, client:name or sip:name@domain is needed`,
      ru: `Twilio не может позвонить на «${to}»: нужен телефон, client:имя или sip:имя@домен`,
    })
  }
  await ask((client) => client.calls(ends.client).update({ twiml: twiml.toString() }))
}

const inRoom = { hold: { hold: true }, resume: { hold: false }, mute: { muted: true }, unmute: { muted: false } } as const

async function changeInRoom(acting: Acting, ends: Ends, name: keyof typeof inRoom): Promise<void> {
  const { channel, ask } = acting
  const isReversal = name === 'resume' || name === 'unmute'
  const room = (await findRoom(acting, ends.root)) ?? (isReversal ? undefined : await moveIntoRoom(acting, ends))
  if (room === undefined)
    throw wordedError('rejected', { en: 'The call is neither on hold nor muted', ru: 'Звонок не на удержании, и микрофон не выключен' })
  const about = name === 'hold' || name === 'resume' ? ends.client : ends.phone
  const music = name === 'hold' ? { holdUrl: channel.settings.holdMusic, holdMethod: 'GET' } : {}
  await joined(() =>
    ask((client) =>
      client
        .conferences(room)
        .participants(about)
        .update({ ...inRoom[name], ...music }),
    ),
  )
}

async function findRoom({ ask }: Acting, root: string): Promise<string | undefined> {
  const [room] = await ask((client) => client.conferences.list({ friendlyName: root, status: 'in-progress', limit: 1 }))
  return room?.sid
}

/** The second leg goes first: were the first to leave its Dial, Twilio would hang the second up. */
async function moveIntoRoom(acting: Acting, { root, client, phone }: Ends): Promise<string> {
  const second = client === root ? phone : client
  for (const leg of [second, root]) {
    const twiml = newTwiml()
    enterRoom(twiml, { ...acting.channel, thread: { call: root } }, phone)
    await acting.ask((twilio) => twilio.calls(leg).update({ twiml: twiml.toString() }))
  }
  return await joined(async () => {
    const room = await findRoom(acting, root)
    if (room === undefined)
      throw wordedError('rejected', { en: 'The call could not be moved into a conference', ru: 'Звонок не удалось перевести в конференцию' })
    return room
  })
}

/** A leg needs a moment to arrive in the room: until then Twilio does not know it there. */
async function joined<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.code !== 'rejected' || tries === 8) throw error
      await pause(250)
    }
  }
}

/** `silence` keeps the times of the recording true, and the gap can be seen in its waveform. */
async function changeRecording(acting: Acting, root: string, isPause: boolean): Promise<void> {
  const change = isPause ? { status: 'paused' as const, pauseBehavior: 'silence' } : { status: 'in-progress' as const }
  const room = await findRoom(acting, root)
  if (room === undefined) await acting.ask((client) => client.calls(root).recordings('Twilio.CURRENT').update(change))
  else await acting.ask((client) => client.conferences(room).recordings('Twilio.CURRENT').update(change))
}
