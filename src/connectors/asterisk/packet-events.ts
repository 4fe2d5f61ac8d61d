import { callerOf } from '../../core/connector/caller.ts'
import type { CallEvent, CallOutcome, InboundEvent } from '../../core/connector/event.ts'
import type { Party } from '../../core/connector/identity.ts'
import { kindOf, numberIn, phoneOf } from './channel-kinds.ts'
import type { Packet } from './packets.ts'
import { recordingEvent } from './recording-names.ts'
import { requestOf } from './request-names.ts'
import type { Settings } from './settings.ts'

/** Where an event stands in time. */
export interface Moment {
  at: string
  order: number
}

type Told = Partial<CallEvent> & Pick<CallEvent, 'key' | 'fact'>

/** Events that tell of calls and need nothing but themselves; each gives what of it concerns a call. */
const readers: Record<string, (of: Reading) => Told[]> = {
  newchannel: (of) => began(of, of.get('channelstate')),
  newstate: (of) => changed(of),
  dialbegin: (of) => dialled(of),
  dialend: (of) => dialEnded(of),
  bridgeenter: (of) => entered(of),
  hold: (of) => held(of, 'held'),
  unhold: (of) => held(of, 'resumed'),
  hangup: (of) => hungUp(of),
  queuecallerjoin: (of) => [{ key: `queued:${of.id}:${of.get('queue')}`, fact: 'queued', ...(of.get('queue') && { queue: of.get('queue') }) }],
  queuecallerabandon: (of) => [{ key: `abandoned:${of.id}`, fact: 'ended', outcome: 'abandoned' }],
  attendedtransfer: (of) => merged(of, 'origtransfererlinkedid', 'secondtransfererlinkedid'),
  blindtransfer: (of) => merged(of, 'transfererlinkedid', 'transfereelinkedid'),
  coreshowchannel: (of) => stillThere(of),
}

/** Real, of calls, and told better by others. */
const silent = new Set(['bridgeleave', 'queuecallerleave', 'mixmonitorstart', 'mixmonitorstop'])

/** What the session hands over; the rest of what AMI tells, hundreds of lines a call, is no news of calls. */
export function isNews(packet: Packet): boolean {
  const event = packet.get('event')?.toLowerCase() ?? ''
  if (event === 'userevent' || event === 'varset') return recordedFile(packet) !== undefined
  return event === 'originateresponse' || event === 'cdr' || Object.hasOwn(readers, event)
}

/** What a packet tells of calls; undefined: it is of a kind that is not carried; a text: what is wrong with it. Pure. */
export function eventsOfPacket(packet: Packet, settings: Settings, moment: Moment): InboundEvent[] | string | undefined {
  const event = packet.get('event')?.toLowerCase() ?? ''
  if (event === 'originateresponse') return originated(packet, moment)
  if (event === 'userevent' || event === 'varset') return recorded(packet, settings, moment)
  if (silent.has(event)) return []
  const read = Object.hasOwn(readers, event) ? readers[event] : undefined
  if (!read) return undefined
  const of = new Reading(packet, settings, moment)
  if (of.callId === '') return `The event ${event} without a Linkedid`
  return read(of).map((told) => ({ type: 'call', callId: of.callId, occurredAt: moment.at, order: moment.order, ...of.request(), ...told }))
}

class Reading {
  readonly #packet: Packet
  readonly settings: Settings
  readonly moment: Moment

  constructor(packet: Packet, settings: Settings, moment: Moment) {
    this.#packet = packet
    this.settings = settings
    this.moment = moment
  }

  get(name: string): string {
    return this.#packet.get(name)?.slice(0, 200) ?? ''
  }

  get callId(): string {
    return this.get('linkedid') || this.get('destlinkedid') || this.get('origtransfererlinkedid') || this.get('transfererlinkedid')
  }

  get id(): string {
    return this.get('uniqueid')
  }

  kind(name = 'channel') {
    return kindOf(this.get(name), this.settings)
  }

  leg(name = 'channel'): { id: string; user: string } {
    return { id: this.get(name), user: phoneOf(this.get(name)) }
  }

  party(number: string, name?: string): Party {
    return callerOf(number, { isInternational: this.settings.international, ...(name !== '<unknown>' && { name }) })
  }

  request(): { requestId?: string; direction?: 'outbound' } {
    const requestId = requestOf(this.callId)
    return requestId === undefined ? {} : { requestId, direction: 'outbound' }
  }
}

/** State 4 is a channel that came in; one that we dial begins as 0. */
function began(of: Reading, state: string): Told[] {
  const key = `started:${of.id}`
  if (requestOf(of.id) !== undefined) return [{ key, fact: 'started', caller: of.leg().user }]
  if (state !== '4') return []
  if (of.kind() === 'trunk') return [{ key, fact: 'started', ...fromClient(of) }]
  if (of.kind() === 'phone')
    return [
      {
        key,
        fact: 'started',
        direction: 'internal',
        caller: of.leg().user,
        ...(/^[\d*#]{1,5}$/.test(of.get('exten')) && { callee: of.get('exten') }),
      },
    ]
  return []
}

function fromClient(of: Reading): Partial<CallEvent> {
  const number = of.get('calleridnum')
  const exten = of.get('exten')
  return {
    direction: 'inbound',
    client: of.party(number, of.get('calleridname')),
    ...(number && number !== '<unknown>' && { caller: number }),
    ...(/^\+?\d{5,15}$/.test(exten) && { dialled: of.settings.international && !exten.startsWith('+') ? `+${exten}` : exten }),
  }
}

function changed(of: Reading): Told[] {
  const state = of.get('channelstate')
  if (state === '5' && of.kind() === 'phone') return [{ key: `ringing:${of.id}`, fact: 'ringing', leg: of.leg() }]
  return state === '4' && of.kind() === 'trunk' ? began(of, state) : []
}

/** Who calls whom: a client us, one of us a client, one of us another. */
function dialled(of: Reading): Told[] {
  const ends = endsOf(of)
  return ends ? [{ key: `dialled:${of.id}:${of.get('destuniqueid')}`, fact: 'ringing', ...ends }] : []
}

function dialEnded(of: Reading): Told[] {
  const status = of.get('dialstatus').toUpperCase()
  const ends = endsOf(of)
  if (!ends?.leg) return []
  // A phone that was rung first (click to call) has nobody to talk to yet.
  if (status === 'ANSWER') return of.kind() === undefined ? [] : [{ key: answeredKey(of.callId, ends.leg.id), fact: 'answered', ...ends }]
  if (of.kind('destchannel') !== 'phone') return []
  const outcome = outcomeOfDial(status)
  return [{ key: `refused:${of.get('destuniqueid')}`, fact: 'left', leg: ends.leg, ...(outcome && { outcome }) }]
}

/** Equal whoever tells, the event or the CDR. */
export function answeredKey(callId: string, channel: string): string {
  return `answered:${callId}:${channel}`
}

/** Of one phone. A cancelled one did not miss the call: another took it, or the caller gave up. */
function outcomeOfDial(status: string): CallOutcome | undefined {
  if (status === 'NOANSWER') return 'missed'
  if (status === 'BUSY') return 'busy'
  return status === 'CHANUNAVAIL' || status === 'CONGESTION' ? 'failed' : undefined
}

function endsOf(of: Reading): Partial<CallEvent> | undefined {
  const caller = of.kind()
  const dest = of.kind('destchannel')
  if (dest === 'phone') {
    const leg = of.leg('destchannel')
    if (caller === 'trunk') return { leg, direction: 'inbound', client: of.party(of.get('calleridnum'), of.get('calleridname')), callee: leg.user }
    if (caller === 'phone') return { leg, direction: 'internal', caller: of.leg().user, callee: leg.user }
    return { leg }
  }
  if (dest !== 'trunk' || caller === undefined) return undefined
  const number = numberIn(of.get('dialstring')) ?? (of.get('destcalleridnum') || of.get('exten'))
  // A call that goes on to somebody's mobile.
  if (caller !== 'phone') return { leg: { id: of.get('destchannel'), user: number } }
  const ours = { leg: of.leg(), direction: 'outbound', caller: of.leg().user } as const
  // Only the beginning says how it was dialled: elsewhere a prefix of the dialplan may stand before the number.
  return of.get('dialstring') === '' ? ours : { ...ours, callee: number, client: of.party(number) }
}

/** Somebody who was not dialled joined: pickup, transfer. The caller's own phone is no answer. */
function entered(of: Reading): Told[] {
  const isAlone = Number(of.get('bridgenumchannels')) < 2 || of.get('bridgetechnology') === 'holding_bridge'
  if (of.kind() !== 'phone' || isAlone || of.id === of.callId) return []
  return [{ key: `bridged:${of.id}:${of.get('bridgeuniqueid')}`, fact: 'answered', leg: of.leg() }]
}

function held(of: Reading, fact: 'held' | 'resumed'): Told[] {
  return of.kind() === 'phone' ? [{ key: `${fact}:${of.id}:${of.moment.at}:${of.moment.order}`, fact, leg: of.leg() }] : []
}

/** One that was never taken has been told of by the end of its dialling. */
function hungUp(of: Reading): Told[] {
  const wasTaken = of.kind() === 'phone' && of.get('channelstate') === '6'
  return wasTaken ? [{ key: `left:${of.id}`, fact: 'left', leg: of.leg() }] : []
}

/** The group of an older channel goes on under its name (sheet: Linkedid). */
function merged(of: Reading, one: string, other: string): Told[] {
  const from = of.get(other)
  const to = of.get(one)
  return from === '' || to === '' || from === to ? [] : [{ key: `linked:${from}:${to}`, fact: 'linked', callId: to, otherCallId: from }]
}

/** A channel that was there when the connection was made. */
function stillThere(of: Reading): Told[] {
  const state = of.get('channelstate')
  const isFirst = of.id === of.callId
  if (of.kind() === 'trunk') return isFirst ? [{ key: `started:${of.id}`, fact: 'started', ...fromClient(of) }] : []
  if (of.kind() !== 'phone') return []
  if (state === '5') return [{ key: `ringing:${of.id}`, fact: 'ringing', leg: of.leg() }]
  if (isFirst) return began(of, '4')
  return state === '6' && of.get('bridgeid') ? [{ key: `bridged:${of.id}:${of.get('bridgeid')}`, fact: 'answered', leg: of.leg() }] : []
}

/** Reasons as in the sheet: 1 and 3 nobody took it. Only a failure tells anything: the rest follows as events of the call. */
function originated(packet: Packet, moment: Moment): InboundEvent[] {
  const callId = packet.get('actionid') ?? ''
  const requestId = requestOf(callId)
  if (requestId === undefined || packet.get('response')?.toLowerCase() !== 'failure') return []
  const reason = packet.get('reason') ?? ''
  const outcome = reason === '1' || reason === '3' ? 'cancelled' : 'failed'
  const told = { key: `originate:${requestId}`, fact: 'ended', direction: 'outbound', outcome } as const
  return [{ type: 'call', callId, requestId, occurredAt: moment.at, order: moment.order, ...told }]
}

/** The dialplan says where it records: by our event, or by the variable that MixMonitor sets. */
function recorded(packet: Packet, settings: Settings, moment: Moment): InboundEvent[] {
  const file = recordedFile(packet)
  const callId = packet.get('linkedid')?.slice(0, 200) ?? ''
  if (file === undefined || callId === '') return []
  return [recordingEvent({ callId, file, state: 'expected', at: moment.at }, settings)]
}

/** The file a packet says that a call is recorded into. */
export function recordedFile(packet: Packet): string | undefined {
  const isOurs = packet.get('userevent')?.toLowerCase() === 'hubrecording'
  const file = isOurs ? packet.get('file') : packet.get('variable') === 'MIXMONITOR_FILENAME' ? packet.get('value') : undefined
  return file === '' ? undefined : file?.slice(0, 500)
}
