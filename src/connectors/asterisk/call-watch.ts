import { z } from 'zod'
import type { CallOutcome } from '../../core/connector/event.ts'
import { kindOf } from './channel-kinds.ts'
import type { CallOver, Notes } from './notes.ts'
import { eventsOfPacket, type Moment, recordedFile } from './packet-events.ts'
import type { Packet } from './packets.ts'
import { requestOf } from './request-names.ts'
import type { Settings } from './settings.ts'

/** Ended channels whose late events must not bring them back. */
const mostGone = 2000
/** Ends of calls, with up to twenty files each, that go with one delivery: it is to be read at once. */
const mostNotes = 50
/** Calls that are remembered over a restart. */
const mostSaved = 300

interface Group {
  id: string
  channels: Set<string>
  /** Every event since its beginning was seen. */
  isWhole: boolean
  isAnswered: boolean
  isAbandoned: boolean
  isVoicemail: boolean
  /** Somebody took a phone, if only the one that was rung first. */
  wasTaken: boolean
  direction: 'inbound' | 'outbound' | 'internal' | undefined
  status: string | undefined
  files: string[]
}

const saved = z.object({ at: z.iso.datetime(), calls: z.array(z.object({ id: z.string(), files: z.array(z.string()) })) })

/**
 * Follows which channels belong to which call: that two calls became one, and that the last channel of a call is gone, is said by no packet alone.
 */
export class CallWatch {
  readonly #settings: Settings
  readonly #groups = new Map<string, Group>()
  readonly #linkedIds = new Map<string, string>()
  readonly #aliases = new Map<string, string>()
  readonly #gone = new Set<string>()
  readonly #linked: Notes['linked'] = []
  readonly #over: CallOver[] = []
  #aliveAt: string | undefined

  /** `remembered`: what `save` gave before a restart. */
  constructor(settings: Settings, remembered?: string) {
    this.#settings = settings
    const before = saved.safeParse(parse(remembered)).data
    this.#aliveAt = before?.at
    for (const { id, files } of before?.calls ?? []) this.#groups.set(id, { ...newGroup(id, false), files })
  }

  /** Takes note of one packet. */
  take(packet: Packet, moment: Moment): void {
    const event = packet.get('event')?.toLowerCase() ?? ''
    if (event !== 'hangup' && event !== 'cdr' && event !== 'originateresponse') {
      this.#see(packet, '', event)
      this.#see(packet, 'dest', event)
    }
    const group = this.#groupOf(packet.get('linkedid') ?? packet.get('destlinkedid') ?? '')
    const events = eventsOfPacket(packet, this.#settings, moment)
    for (const told of Array.isArray(events) ? events : []) {
      if (told.type !== 'call') continue
      if (told.fact === 'linked' && told.otherCallId !== undefined) this.#link(told.otherCallId, told.callId)
      if (!group) continue
      group.isAnswered ||= told.fact === 'answered'
      if (told.direction !== undefined && (group.direction === undefined || group.direction === 'internal')) group.direction = told.direction
    }
    if (group) this.#note(group, event, packet)
    if (event === 'hangup') this.#end(packet.get('uniqueid') ?? '')
  }

  /** The connection is gone: what happens until the next one is not seen. */
  lose(at: string): void {
    this.#aliveAt = at
    for (const group of this.#groups.values()) group.isWhole = false
  }

  /** The channels that are there after a new connection: calls without any are over since nobody knows when. */
  keepOnly(uniqueIds: ReadonlySet<string>): void {
    for (const id of [...this.#linkedIds.keys()]) if (!uniqueIds.has(id)) this.#end(id, this.#aliveAt)
    for (const group of [...this.#groups.values()]) if (group.channels.size === 0) this.#finish(group, this.#aliveAt)
  }

  /** What is to be said beside the packets, as much as one delivery bears. */
  takeNotes(): Pick<Notes, 'linked' | 'over'> {
    return { linked: this.#linked.splice(0, mostNotes), over: this.#over.splice(0, mostNotes) }
  }

  /** Running calls and their files, for after a restart. */
  save(at: string): string {
    const calls = [...this.#groups.values()].slice(-mostSaved).map(({ id, files }) => ({ id, files: files.slice(0, 3) }))
    return JSON.stringify({ at, calls })
  }

  #see(packet: Packet, prefix: '' | 'dest', event: string): void {
    const uniqueId = packet.get(`${prefix}uniqueid`)
    const linkedId = packet.get(`${prefix}linkedid`)?.slice(0, 200)
    const kind = kindOf(packet.get(`${prefix}channel`) ?? '', this.#settings)
    if (!uniqueId || !linkedId || kind === undefined || kind === 'inner' || this.#gone.has(uniqueId)) return
    const before = this.#linkedIds.get(uniqueId)
    if (before !== undefined && before !== linkedId) this.#link(before, linkedId)
    this.#linkedIds.set(uniqueId, linkedId)
    const id = this.#nameOf(linkedId)
    const group = this.#groups.get(id) ?? newGroup(id, event === 'newchannel')
    group.channels.add(uniqueId)
    this.#groups.set(id, group)
  }

  #note(group: Group, event: string, packet: Packet): void {
    group.isAbandoned ||= event === 'queuecallerabandon'
    group.wasTaken ||= event === 'hangup' && packet.get('channelstate') === '6'
    group.isVoicemail ||= event === 'newexten' && packet.get('application')?.toLowerCase() === 'voicemail'
    const isOfPhone = kindOf(packet.get('destchannel') ?? '', this.#settings) !== 'inner'
    if (event === 'dialend' && isOfPhone && packet.has('channel')) group.status = packet.get('dialstatus')?.toUpperCase()
    const file = recordedFile(packet)
    if (file !== undefined && !group.files.includes(file) && group.files.length < 20) group.files.push(file)
  }

  #link(from: string, to: string): void {
    const [old, next] = [this.#nameOf(from), this.#nameOf(to)]
    if (old === next) return
    this.#aliases.set(old, next)
    this.#linked.push({ from: old, to: next })
    const gone = this.#groups.get(old)
    if (!gone) return
    this.#groups.delete(old)
    const group = this.#groups.get(next) ?? newGroup(next, false)
    for (const channel of gone.channels) group.channels.add(channel)
    group.files.push(...gone.files)
    group.isAnswered ||= gone.isAnswered
    group.isWhole &&= gone.isWhole
    this.#groups.set(next, group)
  }

  #end(uniqueId: string, at?: string): void {
    const linkedId = this.#linkedIds.get(uniqueId)
    if (linkedId === undefined) return
    this.#linkedIds.delete(uniqueId)
    this.#gone.add(uniqueId)
    if (this.#gone.size > mostGone) for (const oldest of [...this.#gone].slice(0, mostGone / 2)) this.#gone.delete(oldest)
    const group = this.#groupOf(linkedId)
    group?.channels.delete(uniqueId)
    if (group?.channels.size === 0) this.#finish(group, at)
  }

  #finish(group: Group, at?: string): void {
    this.#groups.delete(group.id)
    for (const [from, to] of this.#aliases) if (to === group.id) this.#aliases.delete(from)
    // Why the user's own phone was not taken comes as OriginateResponse, which ends such a call.
    if (requestOf(group.id) !== undefined && group.isWhole && !group.wasTaken) return
    const outcome = outcomeOf(group)
    this.#over.push({ callId: group.id, files: group.files, ...(at !== undefined && { at }), ...(outcome && { outcome }) })
  }

  #groupOf(linkedId: string): Group | undefined {
    return this.#groups.get(this.#nameOf(linkedId))
  }

  #nameOf(linkedId: string): string {
    return this.#aliases.get(linkedId) ?? linkedId
  }
}

function newGroup(id: string, isWhole: boolean): Group {
  return {
    id,
    channels: new Set(),
    isWhole,
    isAnswered: false,
    isAbandoned: false,
    isVoicemail: false,
    wasTaken: false,
    direction: undefined,
    status: undefined,
    files: [],
  }
}

/** Only where all of the call was seen: what was missed may have been its answer. */
function outcomeOf({ isWhole, isAnswered, isAbandoned, isVoicemail, direction, status }: Group): CallOutcome | undefined {
  if (!isWhole || isAnswered || direction === undefined) return undefined
  if (direction === 'inbound') return isVoicemail ? 'voicemail' : isAbandoned ? 'abandoned' : status === 'BUSY' ? 'busy' : 'missed'
  if (status === 'BUSY') return 'busy'
  if (status === 'NOANSWER') return 'missed'
  return status === 'CHANUNAVAIL' || status === 'CONGESTION' ? 'failed' : 'cancelled'
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
